package sitehost

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"sync"
	"time"
)

// validity of the certificates: ample for a test run, and within the 398 days
// that browsers allow a leaf.
const validity = 90 * 24 * time.Hour

// certificates is a CA in memory that issues a leaf per host, all with one key
// so that one SPKI hash covers them.
type certificates struct {
	ca    *x509.Certificate
	caKey crypto.Signer
	caPEM []byte
	key   crypto.Signer
	spki  string

	mu     sync.Mutex
	serial int64
	leafs  map[string]*tls.Certificate
}

func newCertificates(now time.Time) (*certificates, error) {
	caKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("generating the CA key: %w", err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("generating the leaf key: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1),
		Subject:               pkix.Name{CommonName: "cookiescan site host"},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(validity),
		KeyUsage:              x509.KeyUsageCertSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, caKey.Public(), caKey)
	if err != nil {
		return nil, fmt.Errorf("creating the CA certificate: %w", err)
	}
	ca, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("parsing the CA certificate: %w", err)
	}
	info, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		return nil, fmt.Errorf("encoding the leaf key: %w", err)
	}
	sum := sha256.Sum256(info)
	return &certificates{
		ca: ca, caKey: caKey, key: key,
		caPEM:  pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}),
		spki:   base64.StdEncoding.EncodeToString(sum[:]),
		serial: 1,
		leafs:  make(map[string]*tls.Certificate),
	}, nil
}

// config is the server's TLS set-up. Hosts for which http1Only is true are not
// offered h2.
func (c *certificates) config(http1Only func(host string) bool) *tls.Config {
	base := &tls.Config{
		MinVersion:     tls.VersionTLS12,
		GetCertificate: c.leaf,
		NextProtos:     []string{"h2", "http/1.1"},
	}
	h1 := base.Clone()
	h1.NextProtos = []string{"http/1.1"}
	base.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		if http1Only(normalizeHost(hello.ServerName)) {
			return h1, nil
		}
		return base, nil
	}
	return base
}

// leaf finds or issues the certificate of the host that the client names. No
// name means that the client used the address itself.
func (c *certificates) leaf(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
	host := normalizeHost(hello.ServerName)
	c.mu.Lock()
	defer c.mu.Unlock()
	if cert, ok := c.leafs[host]; ok {
		return cert, nil
	}
	c.serial++
	template := &x509.Certificate{
		SerialNumber: big.NewInt(c.serial),
		Subject:      pkix.Name{CommonName: "cookiescan site host leaf"},
		NotBefore:    c.ca.NotBefore,
		NotAfter:     c.ca.NotAfter,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if host == "" {
		template.IPAddresses = []net.IP{net.IPv4(127, 0, 0, 1)}
	} else {
		template.DNSNames = []string{host}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, c.ca, c.key.Public(), c.caKey)
	if err != nil {
		return nil, fmt.Errorf("issuing the certificate of %q: %w", host, err)
	}
	cert := &tls.Certificate{Certificate: [][]byte{der, c.ca.Raw}, PrivateKey: c.key}
	c.leafs[host] = cert
	return cert, nil
}
