package sitehost

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"log"
	"net"
	"net/http"
	"sync"
	"time"
)

// Server is a running host of fake sites. Its methods are safe for concurrent
// use.
type Server struct {
	site   *site
	now    func() time.Time
	certs  *certificates
	ln     *listener
	http   *http.Server
	log    requestLog
	cancel context.CancelFunc
	unhook func() bool   // undoes the watch on the context given to Start
	hooked chan struct{} // closed when that watch has run

	work  gate           // handlers, hijacked connections included
	conns connTracker    // connections that net/http serves
	loop  sync.WaitGroup // the accept loop of net/http
	once  sync.Once
}

// Option changes how Start works.
type Option func(*Server)

// WithClock makes the server take the time from now: for the Date header, for
// {{date}} in templates and for Request.Time. Certificates and delays follow
// the real clock, as the clients' checks do. The default is time.Now.
func WithClock(now func() time.Time) Option {
	return func(s *Server) { s.now = now }
}

// Start loads the site folder fsys (see the package comment for its format)
// and serves it on a new port of 127.0.0.1 until Close or until ctx ends. A
// mistake in the folder is an error that names site.yaml and the line.
func Start(ctx context.Context, fsys fs.FS, opts ...Option) (*Server, error) {
	s := &Server{now: time.Now, hooked: make(chan struct{})}
	for _, o := range opts {
		o(s)
	}
	var err error
	if s.site, err = loadSite(fsys); err != nil {
		return nil, err
	}
	if s.certs, err = newCertificates(time.Now()); err != nil {
		return nil, fmt.Errorf("making certificates for the site host: %w", err)
	}
	tcp, err := (&net.ListenConfig{}).Listen(ctx, "tcp4", "127.0.0.1:0")
	if err != nil {
		return nil, fmt.Errorf("opening a loopback port for the site host: %w", err)
	}
	s.serve(ctx, tcp)
	return s, nil
}

func (s *Server) serve(ctx context.Context, tcp net.Listener) {
	base, cancel := context.WithCancel(ctx)
	s.cancel = cancel
	s.ln = listen(tcp, s.certs.config(s.site.http1Only))
	s.http = &http.Server{
		Handler:                      http.HandlerFunc(s.handle),
		TLSConfig:                    s.certs.config(s.site.http1Only),
		ErrorLog:                     log.New(io.Discard, "", 0), // clients that hang up are no news
		BaseContext:                  func(net.Listener) context.Context { return base },
		ConnContext:                  withConn,
		ConnState:                    s.conns.observe,
		DisableGeneralOptionsHandler: true,
	}
	s.loop.Go(func() {
		// Serve ends with ErrServerClosed or with the listener's end, both
		// caused by shut.
		_ = s.http.Serve(s.ln)
	})
	s.unhook = context.AfterFunc(ctx, func() {
		defer close(s.hooked)
		s.shut()
	})
}

// Addr is the address of the only listener, "127.0.0.1:PORT".
func (s *Server) Addr() string { return s.ln.Addr().String() }

// SPKI is the base64 SHA-256 of the leaf key's SubjectPublicKeyInfo, the form
// that Chromium's --ignore-certificate-errors-spki-list takes.
func (s *Server) SPKI() string { return s.certs.spki }

// CAPEM is the certificate of the server's own CA, PEM encoded.
func (s *Server) CAPEM() []byte { return append([]byte(nil), s.certs.caPEM...) }

// Hosts lists, sorted, the hosts that have a folder or an exact route.
func (s *Server) Hosts() []string { return append([]string(nil), s.site.hosts...) }

// Requests is a copy of the log so far, in the order in which the requests
// were complete. The log is kept in memory until the server is dropped.
func (s *Server) Requests() []Request { return s.log.all() }

// Close ends every connection and waits until nothing of the server runs any
// more. It may be called more than once.
func (s *Server) Close() {
	s.once.Do(func() {
		if !s.unhook() {
			<-s.hooked
		}
		s.shut()
		s.loop.Wait()
		s.work.wait()
		s.conns.wait()
	})
}

// shut stops everything without waiting: handlers by their context, reads and
// writes by their sockets.
func (s *Server) shut() {
	s.cancel()
	s.work.shut()
	_ = s.http.Close() // the sockets' own errors tell nobody anything
	s.ln.closeConns()
}
