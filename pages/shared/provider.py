"""The OpenID provider at which people may sign in."""

from core.web.openid import openid


def provider() -> str:
    """What the configured OpenID provider is called; empty if there is none."""
    configured = openid()
    return configured.name if configured else ""
