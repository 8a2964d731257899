"""Signing in by a provider of OpenID Connect: allauth's flow, with every check of the standard made.

allauth trusts the token endpoint's TLS, asks for no nonce and believes the profile before the token. Here the token's
signature, issuer, audience, times and nonce are checked each time, and nothing else says who somebody is.
"""
