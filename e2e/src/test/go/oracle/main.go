// The oracle answers as the CDI library of the engines does. Not part of the product: tests compare our verdicts,
// registry and injection with these.
//
// One request a line on standard input, one answer a line on standard output, both JSON.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"runtime/debug"

	oci "github.com/opencontainers/runtime-spec/specs-go"
)

type request struct {
	// The spec file to judge, if not empty.
	File string `json:"file"`
	// Else the spec directories to scan, lowest priority first,
	Dirs []string `json:"dirs"`
	// and, if not empty, the devices to inject into the OCI runtime configuration.
	Devices []string        `json:"devices"`
	Config  json.RawMessage `json:"config"`
}

type answer struct {
	// "ok", "bad" or "crash".
	Verdict string `json:"verdict"`
	Error   string `json:"error,omitempty"`
	// What the library understood of the file.
	Spec interface{} `json:"spec,omitempty"`
	// The devices of the registry with the file of each, and the files with errors.
	Devices map[string]string   `json:"devices,omitempty"`
	Errors  map[string][]string `json:"errors,omitempty"`
	// The configuration after injection, and the names that no file defines.
	Config     interface{} `json:"config,omitempty"`
	Unresolved []string    `json:"unresolved,omitempty"`
}

func main() {
	debug.SetMaxStack(64 << 20)
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(nil, 64<<20)
	out := json.NewEncoder(os.Stdout)
	out.SetEscapeHTML(false)
	for in.Scan() {
		var asked request
		if err := json.Unmarshal(in.Bytes(), &asked); err != nil {
			fmt.Fprintln(os.Stderr, "not a request:", err)
			os.Exit(2)
		}
		if err := out.Encode(respond(asked)); err != nil {
			fmt.Fprintln(os.Stderr, "cannot answer:", err)
			os.Exit(2)
		}
	}
	if err := in.Err(); err != nil {
		fmt.Fprintln(os.Stderr, "cannot read:", err)
		os.Exit(2)
	}
}

func respond(asked request) (given answer) {
	defer func() {
		if problem := recover(); problem != nil {
			given = answer{Verdict: "crash", Error: fmt.Sprint(problem)}
		}
	}()
	given.Verdict = "ok"
	if err := fill(asked, &given); err != nil {
		given.Verdict = "bad"
		given.Error = err.Error()
	}
	return given
}

func fill(asked request, given *answer) error {
	if asked.File == "" {
		return scan(asked, given)
	}
	spec, err := readSpec(asked.File, 0)
	if err != nil {
		return err
	}
	given.Spec = spec.Spec
	return nil
}

func scan(asked request, given *answer) error {
	cache, err := newCache(withSpecDirs(asked.Dirs...), withAutoRefresh(false))
	if err != nil {
		return err
	}
	given.Devices = map[string]string{}
	for _, name := range cache.ListDevices() {
		given.Devices[name] = cache.GetDevice(name).GetSpec().GetPath()
	}
	given.Errors = messages(cache.GetErrors())
	if len(asked.Devices) == 0 {
		return nil
	}
	config := &oci.Spec{}
	if err := json.Unmarshal(asked.Config, config); err != nil {
		return err
	}
	given.Unresolved, err = cache.InjectDevices(config, asked.Devices...)
	given.Config = config
	return err
}

func messages(errors map[string][]error) map[string][]string {
	texts := map[string][]string{}
	for path, problems := range errors {
		for _, problem := range problems {
			texts[path] = append(texts[path], problem.Error())
		}
	}
	return texts
}
