// A stock Go ttrpc client (Debian's containerd/ttrpc 1.1): answers and errors of a running bitimd.
// Usage: client SOCKET NUMBER CODE. It knows the messages' octets alone, no code of ours.
package main

import (
	"context"
	"fmt"
	"net"
	"os"

	"github.com/containerd/ttrpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

// raw is a message whose octets are written and read by hand.
type raw struct{ octets []byte }

func (r *raw) Reset()                     { r.octets = nil }
func (r *raw) String() string             { return fmt.Sprintf("%x", r.octets) }
func (r *raw) ProtoMessage()              {}
func (r *raw) Marshal() ([]byte, error)   { return r.octets, nil }
func (r *raw) Unmarshal(octets []byte) error {
	r.octets = append([]byte(nil), octets...)
	return nil
}

func text(field byte, value string) []byte {
	return append([]byte{field<<3 | 2, byte(len(value))}, value...)
}

func call(client *ttrpc.Client, service, method string, request []byte) ([]byte, codes.Code) {
	var answer raw
	err := client.Call(context.Background(), service, method, &raw{request}, &answer)
	return answer.octets, status.Code(err)
}

func expect(what string, is bool) {
	if is {
		fmt.Println("ok  ", what)
		return
	}
	fmt.Println("FAIL", what)
	os.Exit(1)
}

func main() {
	connection, err := net.Dial("unix", os.Args[1])
	if err != nil {
		fmt.Println("FAIL", err)
		os.Exit(1)
	}
	client := ttrpc.NewClient(connection)
	number, code := os.Args[2], os.Args[3]
	const service = "bitim.v1.CertificateService"

	request := append(text(1, number), text(2, code)...)
	answer, result := call(client, service, "VerifyCertificate", request)
	// Field 1, the verdict, is 1: valid.
	expect("a certificate is valid", result == codes.OK && len(answer) > 2 && answer[0] == 8 && answer[1] == 1)
	request = append(text(1, number), text(2, "0000-0000-0000-0000")...)
	answer, result = call(client, service, "VerifyCertificate", request)
	expect("a wrong code is unknown", result == codes.OK && answer[0] == 8 && answer[1] == 3)
	_, result = call(client, service, "VerifyCertificate", text(1, number))
	expect("a number alone is refused", result == codes.InvalidArgument)
	_, result = call(client, service, "GetCertificate", text(1, number))
	expect("a stranger is refused", result == codes.Unauthenticated)
	_, result = call(client, service, "Missing", nil)
	expect("an unknown method is unimplemented", result == codes.Unimplemented)
	_, result = call(client, "bitim.v1.Missing", "X", nil)
	expect("an unknown service is unimplemented", result == codes.Unimplemented)
	_, result = call(client, service, "VerifyCertificate", []byte{0x0F})
	expect("a malformed message is internal", result == codes.Internal)
}
