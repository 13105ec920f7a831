package web

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"tamada/pkg/post"
)

// metrics are the operators' figures.
type metrics struct {
	registry *prometheus.Registry
	requests *prometheus.CounterVec
	duration *prometheus.HistogramVec
	hits     prometheus.Counter
	renders  prometheus.Counter
	cached   prometheus.Gauge
	replies  *prometheus.CounterVec
}

func newMetrics() *metrics {
	m := &metrics{
		registry: prometheus.NewRegistry(),
		requests: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tamada_http_requests_total", Help: "Requests answered, by route, method and status.",
		}, []string{"route", "method", "status"}),
		duration: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "tamada_http_request_seconds", Help: "Time to answer, by route.",
			Buckets: []float64{.0001, .001, .01, .1, 1, 10},
		}, []string{"route"}),
		hits: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tamada_cache_hits_total", Help: "Responses that were in the cache.",
		}),
		renders: prometheus.NewCounter(prometheus.CounterOpts{
			Name: "tamada_renders_total", Help: "Responses that had to be rendered.",
		}),
		cached: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "tamada_cache_bytes", Help: "Size of the rendered responses in memory.",
		}),
		replies: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "tamada_invitation_replies_total", Help: "Messages in the mailbox for answers to invitations, by what became of them.",
		}, []string{"outcome"}),
	}
	m.registry.MustRegister(m.requests, m.duration, m.hits, m.renders, m.cached, m.replies,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// count records one request. Methods that no route knows are counted as one,
// so that strangers cannot make up rows.
func (m *metrics) count(route, method string, status int, took time.Duration) {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost:
	default:
		method = "other"
	}
	m.requests.WithLabelValues(route, method, strconv.Itoa(status)).Inc()
	m.duration.WithLabelValues(route).Observe(took.Seconds())
}

// CountReply records what became of a message that came as an answer to an invitation.
func (s *Server) CountReply(outcome post.Outcome) {
	s.init().metrics.replies.WithLabelValues(string(outcome)).Inc()
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}
