//go:build !tags_cncf

package main

import "github.com/container-orchestrated-devices/container-device-interface/pkg/cdi"

// The same from the import path that the library had before it moved to tags.cncf.io.
var (
	readSpec        = cdi.ReadSpec
	newCache        = cdi.NewCache
	withSpecDirs    = cdi.WithSpecDirs
	withAutoRefresh = cdi.WithAutoRefresh
)
