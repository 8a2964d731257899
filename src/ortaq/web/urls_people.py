"""Addresses of the pages about people; ``web.urls`` includes them under each language."""

from django.urls import path

from ortaq.web import views_consent, views_own, views_people

urlpatterns = [
    path("terms", views_consent.text, {"kind": "terms"}, name="terms"),
    path("privacy", views_consent.text, {"kind": "privacy"}, name="privacy"),
    path("consent", views_consent.consent, name="consent"),
    path("o/<str:key>/invitations", views_people.invitations, name="invitations"),
    path("o/<str:key>/members", views_people.members, name="members"),
    path("o/<str:key>/members/drafts", views_people.drafts, name="drafts"),
    path("people/specialist", views_own.specialist, name="specialist"),
    path("people/specialists", views_own.specialists, name="specialists"),
    path("people/data", views_own.own_data, name="own_data"),
    path("people/deputies", views_people.deputies, name="deputies"),
    path("invitation/<str:key>", views_people.invitation, name="invitation"),
]
