# What one can do here. The first two do all of their own set-up on a fresh Debian 12, as root.
.PHONY: help demo test verify check-scripts setup lab-up lab-down release bench clean

help:
	@echo 'make demo      from nothing to an image pulled from a registry that kk has installed on lab hosts'
	@echo 'make test      from nothing to all tests, those on lab hosts included'
	@echo 'make verify    build with all checks, and the tests that need no lab'
	@echo 'make release   distribution/target/kk-VERSION-linux-ARCH.tar.gz, which needs no Java'
	@echo 'make bench     the release beside Ansible, mitogen and plain OpenSSH: a table and benchmarks/target/results.json'
	@echo 'make lab-up    four hosts to try things on; make lab-down removes them'

demo: setup
	lab/demo

# Here the playbooks that mean the same under Ansible are really put to it; `make verify` compares with what it said last.
# The lab is for what is shipped: the release.
test: setup check-scripts
	JAVA_HOME=$$(./find-jdk) mvn -B -ntp -Doracle=live verify
	distribution/build
	set -e; export KK=$$(echo $(CURDIR)/distribution/target/kk-*/bin/kk); for test in $(LAB_TESTS); do lab/tests/$$test; done

LAB_TESTS = precheck firewall registry harbor harbor-options registry-ha registry-life artifacts

verify:
	JAVA_HOME=$$(./find-jdk) mvn -B -ntp verify

# Scripts of modules are put together from several files, so each sets and uses what others use and set.
FRAGMENTS = SC1007,SC2034,SC2154,SC2209,SC2317

# Shell is code too.
check-scripts:
	shellcheck -S warning -x -P SCRIPTDIR kk find-jdk lab/up lab/down lab/status lab/reboot lab/exec lab/listing lab/artifacts \
	  lab/load-balancer lab/packing lab/s3 lab/demo lab/node/build lab/node/rootfs lab/node/entry \
	  lab/harbor-stand-in/build lab/harbor-stand-in/image/* lab/harbor-stand-in/installer/prepare lab/harbor-stand-in/installer/*.sh \
	  lab/tests/* .ci/run .ci/setup distribution/build distribution/train distribution/check distribution/launcher roles/*/files/*.sh
	shellcheck -s sh -S warning -e $(FRAGMENTS) builtin-modules/src/main/resources/kk/modules/*.sh

# Packages that builds, tests and the lab need; only missing ones are installed.
setup:
	@.ci/setup

release: setup
	JAVA_HOME=$$(./find-jdk) mvn -B -ntp -Dmaven.test.skip=true package
	distribution/build

bench: release
	@.ci/setup ansible-mitogen
	JAVA_HOME=$$(./find-jdk) benchmarks/bench scale A B C D E F

lab-up: setup
	lab/up 4

lab-down:
	lab/down --engine

clean:
	JAVA_HOME=$$(./find-jdk) mvn -B -ntp -q clean
