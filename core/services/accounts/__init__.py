"""Accounts, invitations, sign-in, second factor, OpenID, the demonstration."""
