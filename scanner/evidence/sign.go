package evidence

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
)

// ParsePrivateKey reads an ed25519 key as openssl genpkey -algorithm ed25519
// writes it: PEM of PKCS #8 (RFC 5958, RFC 8410). No error quotes it.
func ParsePrivateKey(text []byte) (ed25519.PrivateKey, error) {
	block, _ := pem.Decode(text)
	switch {
	case block == nil:
		return nil, errors.New("this is no key in PEM form")
	case block.Type == "ENCRYPTED PRIVATE KEY":
		return nil, errors.New("the key is encrypted, which is not supported")
	case block.Type != "PRIVATE KEY":
		return nil, fmt.Errorf("this is a %.40q and no PRIVATE KEY", block.Type)
	}
	key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, errors.New("this is no key of PKCS #8")
	}
	ed, ok := key.(ed25519.PrivateKey)
	if !ok {
		return nil, errors.New("this is no ed25519 key")
	}
	return ed, nil
}

// ParsePublicKey reads an ed25519 key as openssl pkey -pubout writes it.
func ParsePublicKey(text []byte) (ed25519.PublicKey, error) {
	block, _ := pem.Decode(text)
	switch {
	case block == nil:
		return nil, errors.New("this is no key in PEM form")
	case block.Type != "PUBLIC KEY":
		return nil, fmt.Errorf("this is a %.40q and no PUBLIC KEY", block.Type)
	}
	key, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return nil, errors.New("this is no public key of X.509")
	}
	ed, ok := key.(ed25519.PublicKey)
	if !ok {
		return nil, errors.New("this is no ed25519 key")
	}
	return ed, nil
}

// CheckSignature adds a problem unless the sums are signed with the key.
func (r *Report) CheckSignature(key ed25519.PublicKey) {
	switch {
	case !r.Signed:
		r.add(SignatureFile, Unsigned, "the folder is not signed")
	case len(r.Signature) != ed25519.SignatureSize || !ed25519.Verify(key, r.Sums, r.Signature):
		r.add(SignatureFile, Unsigned, "the signature is not of this key over this "+SumsFile)
	}
}

// keyName is the SHA-256 of a public key, to tell keys apart.
func keyName(key ed25519.PublicKey) string {
	sum := sha256.Sum256(key)
	return hex.EncodeToString(sum[:])
}
