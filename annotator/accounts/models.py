"""People who sign in."""

from __future__ import annotations

import uuid

from django.contrib.auth.models import AbstractUser
from django.db import models


def new_pseudonym() -> str:
    """Return a name for exports that says nothing about the person."""
    return f"annotator-{uuid.uuid4().hex[:10]}"


class User(AbstractUser):
    """A person. Exports name them by pseudonym; what they may do in a project is a membership."""

    class Theme(models.TextChoices):
        SYSTEM = "system", "as the system"
        LIGHT = "light", "light"
        DARK = "dark", "dark"

    display_name = models.CharField(max_length=80, blank=True)
    pseudonym = models.CharField(
        max_length=32, unique=True, editable=False, default=new_pseudonym
    )
    theme = models.CharField(max_length=6, choices=Theme, default=Theme.SYSTEM)
    profile = models.JSONField(
        default=dict, blank=True, help_text="Answers to the questionnaire about the annotator."
    )
    keys = models.JSONField(
        default=dict,
        blank=True,
        help_text="Keys of the workbench that the person changed, by command; empty for none.",
    )

    guided = models.BooleanField(
        default=False, help_text="Whether the walk through the workbench was taken or declined."
    )

    class Meta(AbstractUser.Meta):
        constraints = [
            models.CheckConstraint(condition=~models.Q(pseudonym=""), name="user_has_pseudonym"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return self.display_name or self.username

