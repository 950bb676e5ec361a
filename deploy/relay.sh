#!/bin/sh
# Starts the relay for the camera. The password goes through a file: a command line can be read by everybody here.
set -eu
umask 077
if [ "${#TURN_PASSWORD}" -lt 12 ]; then
  echo "TURN_PASSWORD has ${#TURN_PASSWORD} characters; the relay needs 12 or more. Make one: openssl rand -hex 24" >&2
  exit 1
fi
{
  cat "${TURN_CONFIGURATION:-/etc/coturn/turnserver.conf}"
  echo "realm=$REALM"
  echo "external-ip=$TURN_ADDRESS"
  echo "allowed-peer-ip=$TURN_ADDRESS"
  echo "user=lexithymia:$TURN_PASSWORD"
} > "${TMPDIR:-/var/tmp}/relay.conf"
exec turnserver -c "${TMPDIR:-/var/tmp}/relay.conf"
