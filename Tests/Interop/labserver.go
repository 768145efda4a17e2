// A stock Go ttrpc server (Debian's containerd/ttrpc 1.1, which knows unary calls alone) of lab.v1.Lab.
// Usage: labserver SOCKET. It reads and writes the messages' octets by hand, with no code of ours.
package main

import (
	"context"
	"encoding/binary"
	"net"
	"os"
	"sort"
	"strconv"
	"strings"

	"github.com/containerd/ttrpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
)

type raw struct{ octets []byte }

func (r *raw) Reset()                   { r.octets = nil }
func (r *raw) String() string           { return string(r.octets) }
func (r *raw) ProtoMessage()            {}
func (r *raw) Marshal() ([]byte, error) { return r.octets, nil }
func (r *raw) Unmarshal(octets []byte) error {
	r.octets = append([]byte(nil), octets...)
	return nil
}

func text(value string) *raw {
	length := binary.AppendUvarint([]byte{0x0A}, uint64(len(value)))
	return &raw{append(length, value...)}
}

func value(message *raw) string {
	if len(message.octets) == 0 {
		return ""
	}
	length, width := binary.Uvarint(message.octets[1:])
	return string(message.octets[1+width : 1+width+int(length)])
}

func method(body func(context.Context, *raw) (*raw, error)) ttrpc.Method {
	return func(ctx context.Context, unmarshal func(interface{}) error) (interface{}, error) {
		var request raw
		if err := unmarshal(&request); err != nil {
			return nil, err
		}
		return body(ctx, &request)
	}
}

func main() {
	server, err := ttrpc.NewServer()
	if err != nil {
		panic(err)
	}
	server.Register("lab.v1.Lab", map[string]ttrpc.Method{
		"Echo": method(func(_ context.Context, request *raw) (*raw, error) { return request, nil }),
		"Fail": method(func(_ context.Context, request *raw) (*raw, error) {
			parts := strings.SplitN(value(request), ":", 2)
			code, _ := strconv.Atoi(parts[0])
			return nil, status.Error(codes.Code(code), parts[1])
		}),
		"Sleep": method(func(ctx context.Context, request *raw) (*raw, error) {
			<-ctx.Done()
			return nil, ctx.Err()
		}),
		"Meta": method(func(ctx context.Context, _ *raw) (*raw, error) {
			said := "deadline=none;"
			if _, is := ctx.Deadline(); is {
				said = "deadline=true;"
			}
			metadata, _ := ttrpc.GetMetadata(ctx)
			keys := []string{}
			for key := range metadata {
				keys = append(keys, key)
			}
			sort.Strings(keys)
			for _, key := range keys {
				said += key + "=" + strings.Join(metadata[key], ",") + ";"
			}
			return text(said), nil
		}),
	})
	listener, err := net.Listen("unix", os.Args[1])
	if err != nil {
		panic(err)
	}
	if err := server.Serve(context.Background(), listener); err != nil {
		panic(err)
	}
}
