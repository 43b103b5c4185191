#!/bin/sh
# Installs when there is no node_modules or another lock than the one installed; every script a newcomer may call first runs this.
[ -e node_modules/.package-lock.json ] && cmp -s package-lock.json node_modules/.tocsin-lock && exit 0
npm ci --no-audit --no-fund && cp package-lock.json node_modules/.tocsin-lock
