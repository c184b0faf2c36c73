"""The whole map of the site."""

from allauth.account import views as allauth
from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView

from annotator import api_page, health
from annotator.accounts import views as accounts
from annotator.corpus.views import codebook, event_proposals, events, imports, people, projects
from annotator.labeling import (
    article_pages,
    assign_page,
    coverage_page,
    event_page,
    home,
    keys_page,
)
from annotator.labeling import views as labeling
from annotator.labeling.api import assignments
from annotator.labeling.api import ledger as ledger_api
from annotator.research import detector_page, learning_page, ledger_page, project_page
from annotator.research import views as research
from annotator.review import ledger_page as claims_page

api = [
    path("assignments/", assignments.Queue.as_view(), name="api-assignments"),
    path("assignments/<int:pk>/", assignments.Sheet.as_view(), name="api-assignment"),
    path(
        "assignments/<int:pk>/suggestions/",
        assignments.Suggestions.as_view(),
        name="api-suggestions",
    ),
    path(
        "assignments/<int:pk>/siblings/<int:article>/",
        assignments.Sibling.as_view(),
        name="api-sibling",
    ),
    path(
        "assignments/<int:pk>/operations/", assignments.Operations.as_view(), name="api-operations"
    ),
    path("assignments/<int:pk>/ledger/", ledger_api.LedgerSheet.as_view(), name="api-ledger"),
    path(
        "assignments/<int:pk>/ledger/operations/",
        ledger_api.Judgments.as_view(),
        name="api-judgments",
    ),
    path("assignments/<int:pk>/keys/", assignments.Keys.as_view(), name="api-keys"),
    path("assignments/<int:pk>/submit/", assignments.Submit.as_view(), name="api-submit"),
    path("assignments/<int:pk>/reopen/", assignments.Reopen.as_view(), name="api-reopen"),
    path("schema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("", api_page.api_docs, name="api-docs"),
]

# The admin's own form knows neither the second factor nor the limit on tries.
admin.autodiscover()
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

# No sign-up, no e-mail: accounts are made in the project, lost passwords replaced there.
signing_in = [
    path("login/", allauth.login, name="account_login"),
    path("logout/", allauth.logout, name="account_logout"),
    path("signup/", allauth.signup, name="account_signup"),  # says that it is closed
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth.reauthenticate, name="account_reauthenticate"),
    path("password/change/", allauth.password_change, name="account_change_password"),
    path("password/set/", allauth.password_set, name="account_set_password"),
    path("2fa/", include("allauth.mfa.urls")),
]

study = [
    path("", project_page.project, name="project"),
    path("settings/", projects.project_settings, name="project-settings"),
    path("people/", people.project_people, name="project-people"),
    path("people/add/", people.member_add, name="member-add"),
    path("people/create/", people.member_create, name="member-create"),
    path("people/<int:pk>/password/", people.member_password, name="member-password"),
    path("people/<int:pk>/remove/", people.member_remove, name="member-remove"),
    path("people/<int:pk>/role/", people.member_role, name="member-role"),
    path("import/", imports.import_articles, name="import"),
    path("import/<int:pk>/", imports.import_batch, name="import-batch"),
    path("import/<int:pk>/refused.csv", imports.import_refused, name="import-refused"),
    path("articles/", article_pages.articles, name="articles"),
    path("articles/loose/", events.loose_articles, name="articles-loose"),
    path("articles/<int:pk>/", article_pages.article, name="article"),
    path("events/", events.events, name="events"),
    path("events/proposals/", event_proposals.event_proposals, name="event-proposals"),
    path("events/proposals/<int:pk>/", event_proposals.event_decide, name="event-decide"),
    path("events/<int:pk>/", event_page.event, name="event"),
    path("events/<int:pk>/claims/", claims_page.event_claims, name="event-claims"),
    path("events/<int:pk>/claims/<uuid:claim>/", claims_page.event_claim, name="event-claim"),
    path("events/<int:pk>/coverage/", coverage_page.coverage_matrix, name="coverage"),
    path("codebook/", codebook.codebook, name="codebook"),
    path("codebook/source/", codebook.codebook_source, name="codebook-source"),
    path("assign/", assign_page.assign, name="assign"),
    path("assign/<int:pk>/withdraw/", assign_page.withdraw, name="withdraw"),
    path("agreement/", research.agreement_page, name="agreement"),
    path("agreement/ledger/", ledger_page.ledger_agreement, name="agreement-ledger"),
    path("agreement/keep/", research.freeze, name="agreement-freeze"),
    path("agreement/<int:pk>/", research.agreement_run, name="agreement-run"),
    path("export/", research.export_page, name="export"),
    path("export/<slug:format_id>/", research.download, name="download"),
    path("export/ledger/<slug:kind>/", ledger_page.download_ledger, name="download-ledger"),
    path(
        "export/suggestions/<slug:kind>/",
        research.download_suggestions,
        name="download-suggestions",
    ),
    path("detectors/", detector_page.detectors, name="detectors"),
    path("detectors/retry/", detector_page.detectors_retry, name="detectors-retry"),
    path("detectors/train/", learning_page.detectors_train, name="detectors-train"),
    path("detectors/<int:pk>/use/", learning_page.detectors_use, name="detectors-use"),
    path("detectors/<int:pk>/stop/", learning_page.detectors_stop, name="detectors-stop"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("api/v1/", include(api)),
    path("work/<int:pk>/", labeling.workbench, name="workbench"),
    path("work/<int:pk>/ledger/", labeling.ledger, name="ledger"),
    path("profile/", accounts.profile, name="profile"),
    path("profile/theme/", accounts.theme, name="theme"),
    path("profile/guided/", accounts.guided, name="guided"),
    path("profile/keys/", keys_page.own_keys, name="own-keys"),
    path("profile/keys/reset/", keys_page.own_keys_reset, name="own-keys-reset"),
    path("projects/", projects.projects, name="projects"),
    path("projects/new/", projects.project_new, name="project-new"),
    path("projects/<slug:slug>/", include(study)),
    path("accounts/", include(signing_in)),
    path("admin/", admin.site.urls),
]
