"""Pages that say no, or not now: in both languages, with what to do next, and with nothing that can fail while they are made."""

from __future__ import annotations

from html import escape

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language

from puntlanding.web.request_lines import number_of

TEXTS: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    "not_allowed": (
        ("Deze pagina hoort niet bij uw rol", "This page does not belong to your role"),
        (
            "Uw rol geeft hier geen toegang toe. Heeft u dit voor uw werk nodig, vraag dan de beheerder om een andere rol.",
            "Your role gives no access to this. If you need it for your work, ask the administrator for another role.",
        ),
    ),
    "session_over": (
        ("U bent niet meer ingelogd", "You are not logged in any more"),
        (
            "Wat u hier typte, staat er nog maar is niet bewaard. Neem het over, log opnieuw in en vul het weer in.",
            "What you typed here is still there but was not kept. Copy it, log in again and fill it in anew.",
        ),
    ),
    "dividing_file": (
        ("Dit bestand is van het gremium", "This file is the collective's"),
        (
            "Het dient om het geld over de vakgroepen te verdelen, of kan dat bevatten. Zijn naam en kenmerk staan bij Gegevens: daarmee is"
            " te zien dat beide partijen voor hetzelfde tekenden. Vraag het bestand zelf zo nodig aan de controller van het gremium.",
            "It serves to divide the money over the groups, or may hold that. Its name and mark stand at Data: by these both parties see"
            " that they signed the same. If you need the file itself, ask the collective's controller.",
        ),
    ),
    "no_membership": (
        ("U bent ingelogd, maar hoort nog nergens bij", "You are logged in, but belong nowhere yet"),
        (
            "Vraag de beheerder om u een rol te geven bij uw gremium of ziekenhuis.",
            "Ask the administrator to give you a role at your collective or hospital.",
        ),
    ),
    "no_mail": (
        ("Een nieuw wachtwoord krijgt u van de beheerder", "The administrator gives you a new password"),
        (
            "Deze installatie verstuurt geen e-mail. Vraag de beheerder om een nieuw wachtwoord.",
            "This installation sends no e-mail. Ask the administrator for a new password.",
        ),
    ),
    "not_found": (
        ("Deze pagina bestaat niet", "There is no such page"),
        (
            "Misschien is het adres verkeerd overgenomen. Begin opnieuw bij het jaar.",
            "Perhaps the address was copied wrongly. Start again at the year.",
        ),
    ),
    "bad_request": (
        ("Dit verzoek is niet te lezen", "This request cannot be read"),
        (
            "Ga terug, laad de pagina opnieuw en probeer het nog eens.",
            "Go back, load the page again and try once more.",
        ),
    ),
    "fault": (
        ("Hier ging iets mis dat niet aan u ligt", "Something went wrong that is not your doing"),
        (
            "Er is niets half opgeslagen. Probeer het opnieuw; blijft het zo, geef de beheerder dan het nummer hieronder.",
            "Nothing was stored by halves. Try again; if it stays, give the administrator the number below.",
        ),
    ),
    "no_database": (
        ("De gegevens zijn even niet te bereiken", "The data cannot be reached for a moment"),
        (
            "Er is niets half opgeslagen. Probeer het over een minuut opnieuw; blijft het zo, waarschuw dan de beheerder.",
            "Nothing was stored by halves. Try again in a minute; if it stays, warn the administrator.",
        ),
    ),
    "no_room": (
        ("Er is geen ruimte meer om iets te bewaren", "There is no room left to keep anything"),
        (
            "Er is niets half opgeslagen, en lezen kan meestal nog. Waarschuw de beheerder: op de schijf van de server moet ruimte komen.",
            "Nothing was stored by halves, and reading mostly still works. Warn the administrator: the server's disk needs room.",
        ),
    ),
    "too_large": (
        ("Dit is te groot om in één keer te versturen", "This is too large to send at once"),
        (
            "Er is niets bewaard. Stuur minder of kleinere bestanden; wat op de pagina stond, staat er nog als u teruggaat.",
            "Nothing was kept. Send fewer or smaller files; what stood on the page is still there when you go back.",
        ),
    ),
    "other_host": (
        ("Onder dit adres is de toepassing niet te bereiken", "The application cannot be reached at this address"),
        (
            "Gebruik het adres dat u van de beheerder kreeg. Beheert u de server: zet deze naam in ALLOWED_HOSTS.",
            "Use the address that the administrator gave you. If you run the server: put this name in ALLOWED_HOSTS.",
        ),
    ),
    "forged": (
        ("Deze pagina was niet meer geldig", "This page was no longer valid"),
        (
            "Er is niets gewijzigd. U bent intussen opnieuw ingelogd of uitgelogd, of uw browser bewaart geen cookies van dit adres."
            " Ga terug, laad de pagina opnieuw en verstuur nog eens.",
            "Nothing was changed. You logged in or out in the meantime, or your browser keeps no cookies of this address."
            " Go back, load the page again and send once more.",
        ),
    ),
    "too_often": (
        ("Dit ging te vaak achter elkaar", "This was too often in a row"),
        (
            "Wacht vijf minuten en probeer het dan opnieuw. Wachtwoord vergeten? De beheerder geeft u een nieuw.",
            "Wait five minutes and then try again. Forgot the password? The administrator gives you a new one.",
        ),
    ),
}
_BACK = ("Naar het jaar", "To the year")
_OUT = ("Uitloggen", "Log out")
_NUMBER = ("Nummer voor de beheerder: {}", "Number for the administrator: {}")


API, _OURS = "/api/", 500


def refused(request: HttpRequest | None, status: int, code: str) -> HttpResponse:
    """A whole page that needs no template, database or session; for programs the same in the form of the JSON contract."""
    which = _which(request)
    title, text = (pair[which] for pair in TEXTS[code])
    if request is not None and request.path_info.startswith(API):
        told = {"bestand": None, "rij": None, "kolom": None, "waarde": None, "melding": f"{title}. {text}"}
        return JsonResponse({"fouten": [told]}, status=status, json_dumps_params={"ensure_ascii": False})
    leave = f'<p><a href="/account/logout/">{escape(_OUT[which])}</a></p>' if code == "no_membership" else ""
    number = number_of(request)
    mention = f"<p>{escape(_NUMBER[which].format(number))}</p>" if number and status >= _OURS else ""
    body = (
        f'<!doctype html><html lang="{("nl", "en")[which]}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>body{{font:16px/1.5 system-ui,sans-serif;max-width:40rem;margin:4rem auto;"
        "padding:0 1rem;color-scheme:light dark;color:light-dark(#1c1c1c,#ece9e2);background:light-dark(#fff,#14181a)}"
        "h1{font-size:1.75rem;line-height:1.3}a{color:light-dark(#0b5563,#6fc3d1);text-underline-offset:3px}</style></head>"
        f'<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>{mention}<p><a href="/">{escape(_BACK[which])}</a></p>{leave}</main></body></html>'
    )
    return HttpResponse(body, status=status)


def _which(request: HttpRequest | None) -> int:
    """Also before the middleware that knows the language: then what the last request of this process was read in says nothing."""
    if request is None:
        return int((get_language() or "nl").startswith("en"))
    known = getattr(request, "LANGUAGE_CODE", None) or request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return int(known.startswith("en"))
