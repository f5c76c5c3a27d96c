//go:build tags_cncf

package main

import "tags.cncf.io/container-device-interface/pkg/cdi"

// What is asked of the library, under names that do not depend on its import path.
var (
	readSpec        = cdi.ReadSpec
	newCache        = cdi.NewCache
	withSpecDirs    = cdi.WithSpecDirs
	withAutoRefresh = cdi.WithAutoRefresh
)
