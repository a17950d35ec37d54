// Put into the SDK's package, since neither clock nor random source nor reservoirs are exported. See ../README.md.

package sampling

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/aws/aws-xray-sdk-go/v2/utils"
)

// ReplayRequest is the request of a step.
type ReplayRequest struct {
	ServiceName string `json:"service_name"`
	ServiceType string `json:"service_type"`
	Host        string `json:"host"`
	Method      string `json:"http_method"`
	Path        string `json:"url_path"`
	Upstream    string `json:"upstream"`
}

type replayStep struct {
	At         [2]int64        `json:"at"`
	Request    *ReplayRequest  `json:"request"`
	Draw       float64         `json:"draw"`
	Targets    json.RawMessage `json:"targets"`
	Rules      json.RawMessage `json:"rules"`
	Statistics bool            `json:"statistics"`
}

type replayCase struct {
	Case     json.RawMessage `json:"case"`
	Mode     string          `json:"mode"`
	Rules    json.RawMessage `json:"rules"`
	Document json.RawMessage `json:"document"`
	At       [2]int64        `json:"at"`
	Steps    []replayStep    `json:"steps"`
}

// Upstream puts a request whose trace header has decided to what weighs header and strategy. It says whether the
// segment is sampled.
type Upstream func(strategy Strategy, request *ReplayRequest) bool

// replay stands for clock, random source and network, and watches who asks for the first two.
type replay struct {
	now   time.Time
	draw  float64
	drawn bool
	body  []byte
	// The local rule whose reservoir read the clock last.
	local any
}

func (r *replay) set(at [2]int64) { r.now = time.Unix(at[0], at[1]) }

func (r *replay) Now() time.Time                   { return r.now }
func (r *replay) Increment(int64, int64) time.Time { return r.now }
func (r *replay) Float64() float64                 { r.drawn = true; return r.draw }
func (r *replay) Intn(int) int                     { return 0 }
func (r *replay) Int63n(int64) int64               { return 0 }
func (r *replay) RoundTrip(*http.Request) (*http.Response, error) {
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(bytes.NewReader(r.body))}, nil
}

// localClock is the clock of one local rule.
type localClock struct {
	*replay
	place any
}

func (c localClock) Now() time.Time { c.local = c.place; return c.now }

func (r *replay) watchLocal(manifest *RuleManifest) {
	for i, rule := range manifest.Rules {
		rule.rand, rule.reservoir.clock = r, localClock{r, i}
	}
	manifest.Default.rand, manifest.Default.reservoir.clock = r, localClock{r, "default"}
}

func (r *replay) fetchRules(strategy *CentralizedStrategy, rules json.RawMessage) {
	var list []json.RawMessage
	must(json.Unmarshal(rules, &list))
	records := []map[string]json.RawMessage{}
	for _, rule := range list {
		records = append(records, map[string]json.RawMessage{"SamplingRule": rule})
	}
	r.body = encoded(map[string]any{"SamplingRuleRecords": records})
	_ = strategy.refreshManifest() // an error of single rules; the others count
	for _, rule := range strategy.manifest.Index {
		rule.clock, rule.rand = r, r
	}
}

func (r *replay) fetchTargets(strategy *CentralizedStrategy, targets json.RawMessage) {
	r.body = encoded(map[string]any{"SamplingTargetDocuments": targets, "LastRuleModification": 0})
	output, err := strategy.proxy.GetSamplingTargets(nil)
	must(err)
	for _, target := range output.SamplingTargetDocuments {
		_ = strategy.updateTarget(target) // an error of an unknown rule; the others count
	}
}

func statistics(strategy *CentralizedStrategy) map[string][3]int64 {
	counts := map[string][3]int64{}
	for name, rule := range strategy.manifest.Index {
		if rule.requests != 0 {
			document := rule.snapshot()
			counts[name] = [3]int64{*document.RequestCount, *document.SampledCount, *document.BorrowCount}
		}
	}
	return counts
}

func borrows(strategy *CentralizedStrategy) (sum int64) {
	for _, rule := range strategy.manifest.Index {
		sum += rule.borrows
	}
	return
}

// answer puts a request to the strategy; `central` is nil in local mode.
func (r *replay) answer(strategy Strategy, central *CentralizedStrategy, request *ReplayRequest,
	upstream Upstream) (answer map[string]any) {
	defer func() {
		if panicked := recover(); panicked != nil {
			if central != nil {
				for _, rule := range central.manifest.Index {
					rule.mu = sync.RWMutex{} // left held, so that the SDK would wait for ever next time
				}
			}
			answer = map[string]any{"error": fmt.Sprint(panicked)}
		}
	}()
	if request.Upstream != "" {
		return map[string]any{"rule": nil, "sampled": upstream(strategy, request), "by": "upstream"}
	}
	r.drawn, r.local = false, nil
	borrowed := int64(0)
	if central != nil {
		borrowed = borrows(central)
	}
	decision := strategy.ShouldTrace(&Request{Host: request.Host, Method: request.Method, URL: request.Path,
		ServiceName: request.ServiceName, ServiceType: request.ServiceType})

	answer = map[string]any{"rule": r.local, "sampled": decision.Sample, "by": "reservoir"}
	if central != nil {
		answer["rule"] = decision.Rule
		if borrows(central) != borrowed {
			answer["by"] = "borrow"
		}
	}
	if !decision.Sample {
		answer["by"] = "none"
	} else if r.drawn {
		answer["by"] = "rate"
	}
	return
}

func (r *replay) replay(one *replayCase, upstream Upstream) map[string]any {
	answers := []any{}
	r.set(one.At)
	var strategy Strategy
	var central *CentralizedStrategy
	if one.Mode == "local" {
		local, err := NewLocalizedStrategyFromJSONBytes(one.Document)
		if err != nil {
			return map[string]any{"case": one.Case, "refused": err.Error()}
		}
		r.watchLocal(local.manifest)
		strategy = local
	} else {
		var err error
		central, err = NewCentralizedStrategy()
		must(err)
		central.clock, central.manifest.clock, central.rand = r, r, utils.Rand(r)
		central.pollerStart = true // without pollers
		central.proxy = &proxy{xray: &xrayClient{httpClient: &http.Client{Transport: r},
			samplingRulesURL: "http://127.0.0.1/", samplingTargetsURL: "http://127.0.0.1/"}}
		r.watchLocal(central.fallback.manifest)
		r.fetchRules(central, one.Rules)
		strategy = central
	}
	for _, step := range one.Steps {
		r.set(step.At)
		switch {
		case step.Request != nil:
			r.draw = step.Draw
			answers = append(answers, r.answer(strategy, central, step.Request, upstream))
		case step.Targets != nil:
			r.fetchTargets(central, step.Targets)
		case step.Rules != nil:
			r.fetchRules(central, step.Rules)
		case step.Statistics:
			answers = append(answers, map[string]any{"statistics": statistics(central)})
		}
	}
	return map[string]any{"case": one.Case, "answers": answers}
}

// Replay answers one case.
func Replay(line []byte, upstream Upstream) []byte {
	var one replayCase
	must(json.Unmarshal(line, &one))
	return encoded(new(replay).replay(&one, upstream))
}

func encoded(value any) []byte {
	bytes, err := json.Marshal(value)
	must(err)
	return bytes
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
