"""Forms about projects, people in them, and what is imported."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from typing import IO, Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from annotator.corpus.models import Article, Event, Membership, Project
from annotator.corpus.projects import CHANGEABLE
from framing import scheme as schemes
from framing.formats.decoding import TEXT_LIMIT

SEED_LIMIT = 2**31 - 1


class ProjectForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """The rules of a study."""

    redundancy = forms.IntegerField(
        min_value=1, max_value=50, label="Readers of each article", initial=2
    )
    share_shown = forms.IntegerField(
        min_value=0,
        max_value=100,
        initial=100,
        label="Suggestions shown, %",
        help_text="Of the assignments; drawn by the seed.",
    )
    share_after = forms.IntegerField(
        min_value=0,
        max_value=100,
        initial=0,
        label="Shown after the first reading, %",
        help_text="The rest never sees any.",
    )
    share_checks = forms.IntegerField(
        min_value=0,
        max_value=100,
        initial=20,
        label="Checks in the ledger, %",
        help_text="Of the claims an article does report, asked to see how carefully people answer.",
    )
    seed = forms.IntegerField(
        min_value=0,
        max_value=SEED_LIMIT,
        initial=1,
        label="Seed",
        help_text="Draws orders, arms and checks; keep it to draw the same again.",
    )

    class Meta:
        model = Project
        fields = CHANGEABLE
        widgets = {"description": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "blind": "Hide outlet, byline and address from annotators",
            "may_reopen": "Annotators may reopen what they submitted",
            "by_uncertainty": "Articles whose suggestions are least certain come first",
        }
        help_texts = {
            "blind": "",
            "may_reopen": "",
            "by_uncertainty": "Off, annotators read in an order drawn for them. On, what they read "
            "first depends on the detectors, and so does what agreement is measured on. Holds at "
            "once.",
            "description": "What is studied, for the people in the project.",
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("share_shown", 0) + data.get("share_after", 0) > 100:
            message = "The two shares of suggestions make more than 100 %. Lower one of them."
            self.add_error("share_after", message)
        return data


class NewProjectForm(ProjectForm):
    """The rules of a study to come, and the codebook it starts from."""

    scheme_id = forms.ChoiceField(label="Codebook")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["scheme_id"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(id, schemes.load(id).title) for id in schemes.shipped()]


class MemberForm(forms.Form):
    """Somebody who has an account already."""

    username = forms.CharField(
        max_length=150,
        label="User name",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    role = forms.ChoiceField(label="Role")

    def __init__(self, *args: Any, roles: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["role"]
        if isinstance(field, forms.ChoiceField):
            field.choices = roles


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Membership.Role.choices, label="Role")


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files; an empty one is let through, so that its row can say so."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        files = data if isinstance(data, list | tuple) else [data] if data else []
        clean = super().clean
        return [clean(file, initial) for file in files]


class ImportForm(forms.Form):
    """Files with articles."""

    upload = FilesField(
        label="Files",
        allow_empty_file=True,
        error_messages={"required": "Choose at least one file."},
    )
    event_name = forms.CharField(
        max_length=200,
        required=False,
        label="Event",
        help_text="For articles that name none. An event is one story in several outlets.",
        widget=forms.TextInput(attrs={"list": "event-names", "autocomplete": "off"}),
    )

    def clean_upload(self) -> list[UploadedFile[Any]]:
        files: list[UploadedFile[Any]] = self.cleaned_data["upload"]
        if not files:
            raise forms.ValidationError("Choose at least one file.")
        return files


class PasteForm(forms.Form):
    """One article, typed or pasted."""

    text = forms.CharField(
        max_length=TEXT_LIMIT,
        strip=False,
        label="Text",
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": "Paste the text of an article."},
    )
    title = forms.CharField(max_length=500, required=False, label="Title")
    outlet = forms.CharField(max_length=200, required=False, label="Outlet")
    event_name = forms.CharField(
        max_length=200,
        required=False,
        label="Event",
        widget=forms.TextInput(attrs={"list": "event-names", "autocomplete": "off"}),
    )
    published = forms.DateField(
        required=False, label="Published", widget=forms.DateInput(attrs={"type": "date"})
    )
    url = forms.URLField(
        max_length=1000, required=False, label="Address", assume_scheme="https"
    )

    def as_file(self) -> IO[bytes]:
        """Return the article as one line of documents JSONL, so that it takes the usual way in."""
        data = self.cleaned_data
        published: date | None = data["published"]
        record = {
            "type": "document",
            "text": data["text"],
            "title": data["title"],
            "outlet": data["outlet"],
            "published": published.isoformat() if published else "",
            "url": data["url"],
        }
        return BytesIO(json.dumps(record, ensure_ascii=False).encode() + b"\n")


class EventForm(forms.ModelForm):  # type: ignore[type-arg]
    """An event's name, which is unique in its project."""

    class Meta:
        model = Event
        fields = ("name",)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"].strip()
        taken = Event.objects.filter(project=self.instance.project_id, name=name)
        if taken.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(
                f"There is another event “{name}”. To join the two, move the articles."
            )
        return name


class MoveForm(forms.Form):
    """Articles that belong to another event: an existing one, a new one or none."""

    articles: forms.ModelMultipleChoiceField[Article] = forms.ModelMultipleChoiceField(
        queryset=Article.objects.none(),
        label="Articles",
        error_messages={"required": "Choose at least one article."},
    )
    event_name = forms.CharField(
        max_length=200,
        required=False,
        label="Move to event",
        help_text="A new name makes a new event; leave it empty for none.",
        widget=forms.TextInput(attrs={"list": "event-names", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, articles: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["articles"]
        if isinstance(field, forms.ModelMultipleChoiceField):
            field.queryset = articles
