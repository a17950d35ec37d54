// Pins the SDK. The driver is built inside a copy of it, with what its own go.mod and go.sum pin.
module pin

go 1.24.0

require github.com/aws/aws-xray-sdk-go/v2 v2.0.1
