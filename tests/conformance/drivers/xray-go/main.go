// A driver of the AWS X-Ray SDK for Go. See ../README.md.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"

	"github.com/aws/aws-xray-sdk-go/v2/header"
	"github.com/aws/aws-xray-sdk-go/v2/strategy/sampling"
	"github.com/aws/aws-xray-sdk-go/v2/xray"
	"github.com/aws/aws-xray-sdk-go/v2/xraylog"
)

// version is set by `install`, from the module that was copied.
var version string

// upstream begins a segment as the SDK's HTTP handler does.
func upstream(strategy sampling.Strategy, request *sampling.ReplayRequest) bool {
	incoming := header.FromString(map[string]string{"sampled": "Sampled=1", "not_sampled": "Sampled=0"}[request.Upstream])
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ctx, err := xray.ContextWithConfig(ctx, xray.Config{SamplingStrategy: strategy})
	if err != nil {
		panic(err)
	}
	_, segment := xray.NewSegmentFromHeader(ctx, request.ServiceName, &http.Request{Host: request.Host,
		Method: request.Method, URL: &url.URL{Path: request.Path}}, incoming)
	return segment.Sampled
}

func main() {
	xray.SetLogger(xraylog.NullLogger)
	out := bufio.NewWriter(os.Stdout)
	say := func(line []byte) {
		out.Write(append(line, '\n'))
		if out.Flush() != nil {
			os.Exit(3)
		}
	}
	say([]byte(fmt.Sprintf(`{"protocol":1,"recorder":"xray-go","sdk":"aws-xray-sdk-go","version":%q,`+
		`"modes":["central","local"]}`, version)))
	in := bufio.NewReader(os.Stdin)
	for {
		line, err := in.ReadBytes('\n')
		if len(line) != 0 {
			say(sampling.Replay(line, upstream))
		}
		if err == io.EOF {
			return
		} else if err != nil {
			panic(err)
		}
	}
}
