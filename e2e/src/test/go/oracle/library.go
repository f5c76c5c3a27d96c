//go:build tags_cncf

package main

import (
	"encoding/json"

	oci "github.com/opencontainers/runtime-spec/specs-go"
	"tags.cncf.io/container-device-interface/pkg/cdi"
)

func readSpec(file string) (interface{}, error) {
	spec, err := cdi.ReadSpec(file, 0)
	if err != nil {
		return nil, err
	}
	return spec.Spec, nil
}

func scan(asked request, given *answer) error {
	cache, err := cdi.NewCache(cdi.WithSpecDirs(asked.Dirs...), cdi.WithAutoRefresh(false))
	if err != nil {
		return err
	}
	given.Devices = cache.ListDevices()
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
