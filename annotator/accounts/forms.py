"""Forms about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator

from annotator.accounts.models import User
from annotator.accounts.questionnaire import QUESTIONS

SILENT = [("", "no answer")]


class ProfileForm(forms.Form):
    """Name, theme and the questionnaire of the person who is signed in."""

    display_name = forms.CharField(
        max_length=80,
        required=False,
        label="Name shown to your team",
        help_text="Exports never carry it; they name you by your pseudonym.",
    )
    theme = forms.ChoiceField(choices=User.Theme.choices, label="Light or dark")

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"display_name": user.display_name, "theme": user.theme, **self.initial}
        for question in QUESTIONS:
            self.fields[question.id] = forms.ChoiceField(
                choices=[*SILENT, *question.answers],
                label=question.text,
                help_text=question.hint,
                required=False,
                initial=user.profile.get(question.id, ""),
            )

    @property
    def questions(self) -> list[forms.BoundField]:
        return [self[question.id] for question in QUESTIONS]

    @property
    def answers(self) -> dict[str, str]:
        return {question.id: self.cleaned_data[question.id] for question in QUESTIONS}


class NewPersonForm(forms.Form):
    """An account that a researcher makes for somebody."""

    username = forms.CharField(
        max_length=60,
        label="User name",
        validators=[UnicodeUsernameValidator()],
        help_text="For signing in. Letters, digits and @ . + - _",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    display_name = forms.CharField(max_length=80, required=False, label="Name shown")
