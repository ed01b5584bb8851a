package main

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"net"
	"os"
	"slices"
	"strconv"
	"time"

	"cookiescan/scanner/egress"
)

// trustCA checks the certificates of the start addresses' hosts in full (chain
// up to the system's authorities or those in file, validity, host name) and
// returns the SPKI hashes of their keys, base64 of SHA-256, for Chromium's
// --ignore-certificate-errors-spki-list. Chromium reads authorities from no
// file, and a list of keys leaves its cache on, which ignoring all errors does
// not. Hosts that cannot be reached are left out: the scan says why.
func trustCA(ctx context.Context, file string, starts []string, dial dialer) (spki []string, err error) {
	roots, err := authorities(file)
	if err != nil {
		return nil, err
	}
	for _, start := range starts {
		if !isTLS(start) {
			continue
		}
		key, err := verifiedKey(ctx, start, dial, roots)
		if err != nil {
			return nil, err
		}
		if key != "" && !slices.Contains(spki, key) {
			spki = append(spki, key)
		}
	}
	return spki, nil
}

// authorities are the system's and those of a PEM file.
func authorities(file string) (*x509.CertPool, error) {
	pem, err := os.ReadFile(file)
	if err != nil {
		return nil, usage("", "--ca-cert: reading %s: %s", file, reason(err))
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool() // a machine without authorities of its own
	}
	if !roots.AppendCertsFromPEM(pem) {
		return nil, usage("the file needs a block that begins with -----BEGIN CERTIFICATE-----", "--ca-cert: %s holds no certificate in PEM form", file)
	}
	return roots, nil
}

// verifiedKey is the hash of a host's key, "" if the host cannot be reached.
func verifiedKey(ctx context.Context, start string, dial dialer, roots *x509.CertPool) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, 2*egress.DefaultDialTimeout)
	defer cancel()
	host, port := endpoint(start)
	conn, err := dial(ctx, "tcp", net.JoinHostPort(host, strconv.Itoa(int(port))))
	if err != nil {
		return "", nil //nolint:nilerr // the scan meets the same error and reports it
	}
	defer conn.Close() //nolint:errcheck // nothing was said on it
	t := tls.Client(conn, &tls.Config{ServerName: host, RootCAs: roots, MinVersion: tls.VersionTLS12})
	if err := t.HandshakeContext(ctx); err != nil {
		return "", impossible("the file must hold the authority that signed the host's certificate; --insecure looks without checking", "--ca-cert: the certificate of %s cannot be trusted: %s", host, certificateWords(err))
	}
	sum := sha256.Sum256(t.ConnectionState().PeerCertificates[0].RawSubjectPublicKeyInfo)
	return base64.StdEncoding.EncodeToString(sum[:]), nil
}

// certificateWords says what failed.
func certificateWords(err error) string {
	var unknown x509.UnknownAuthorityError
	var name x509.HostnameError
	var invalid x509.CertificateInvalidError
	switch {
	case errors.As(err, &unknown):
		return "it is signed neither by an authority of that file nor by one that this machine trusts"
	case errors.As(err, &name):
		return "it is for another host name"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && time.Now().Before(invalid.Cert.NotBefore):
		return "it is not valid yet"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "it has expired"
	}
	return err.Error()
}
