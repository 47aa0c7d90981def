"""Messages about protecting, signing and exchanging contributions."""

from __future__ import annotations

EXCHANGE: dict[str, tuple[str, str]] = {
    "protected_twice": (
        "De bijdrage van dit ziekenhuis is al beschermd. Ga uit van de volledige bijdrage.",
        "The contribution of this hospital is protected already. Start from the full contribution.",
    ),
    "not_protected": (
        "De bijdrage van dit ziekenhuis is niet beschermd: zij hoort het ziekenhuis niet te verlaten. Laat de afzender een beschermde maken met ‘puntlanding contribution export’.",
        "The contribution of this hospital is not protected: it should not leave the hospital. Have the sender make a protected one with ‘puntlanding contribution export’.",
    ),
    "previous_year": (
        "De vorige bijdrage is van een ander jaar; zij hoort van {expected} te zijn. Geef wat u van dat jaar eerder deelde, of laat --previous weg.",
        "The previous contribution is of another year; it should be of {expected}. Give what you shared of that year before, or leave out --previous.",
    ),
    "previous_hospital": (
        "Dit ziekenhuis staat niet in de vorige bijdrage. Geef wat het eerder deelde, of laat --previous weg.",
        "This hospital is not in the previous contribution. Give what it shared before, or leave out --previous.",
    ),
    "option_too_small": (
        "Dit getal beschermt niet genoeg: kies {lowest} of meer.",
        "This number does not protect enough: choose {lowest} or more.",
    ),
    "key_name": (
        "Een sleutel heet naar wie hem gebruikt: letters, cijfers, punt, streepje of liggend streepje, en geen pad. Kies een andere --name.",
        "A key is named after who uses it: letters, digits, dot, hyphen or underscore, and no path. Choose another --name.",
    ),
    "sign_key_exists": (
        "Hier staat al een sleutel; die wordt nooit vervangen. Kies een andere map of een andere --name.",
        "There is a key here already; it is never replaced. Choose another folder or another --name.",
    ),
    "sign_key_open": (
        "Anderen op deze computer kunnen deze geheime sleutel lezen. Maak hem alleen voor uzelf leesbaar (chmod 600).",
        "Others on this computer can read this private key. Make it readable for yourself only (chmod 600).",
    ),
    "sign_key_not_private": (
        "Dit is geen geheime sleutel om mee te ondertekenen. Neem het bestand op .geheim.pem dat ‘puntlanding contribution key’ maakte.",
        "This is no private key to sign with. Take the file ending in .geheim.pem that ‘puntlanding contribution key’ made.",
    ),
    "sign_key_not_public": (
        "Dit is geen openbare sleutel. Neem het bestand op .openbaar.pem dat de afzender u gaf.",
        "This is no public key. Take the file ending in .openbaar.pem that the sender gave you.",
    ),
    "sign_tampered": (
        "Dit bestand is gewijzigd of beschadigd, en wordt niet ondertekend. Maak het opnieuw of vraag het opnieuw op.",
        "This file was changed or damaged, and is not signed. Make it again or ask for it again.",
    ),
    "trusted_none": (
        "In deze map staat geen openbare sleutel (*{suffix}). Zet er de sleutels in van wie u vertrouwt.",
        "There is no public key in this folder (*{suffix}). Put the keys in it of those whom you trust.",
    ),
    "signature_tampered": (
        "Dit bestand is na het ondertekenen gewijzigd of beschadigd. Gebruik het niet, en vraag het opnieuw op bij de afzender.",
        "This file was changed or damaged after it was signed. Do not use it, and ask the sender for it again.",
    ),
    "signature_unknown": (
        "De handtekening klopt, maar de sleutel is niet bekend. Vraag de afzender langs een andere weg om de vingerafdruk van de sleutel, en geef de openbare sleutel met --trusted.",
        "The signature is good, but the key is not known. Ask the sender another way for the key's fingerprint, and give the public key with --trusted.",
    ),
    "signature_none": (
        "Dit bestand is niet ondertekend. Laat de afzender het ondertekenen met ‘puntlanding contribution sign’.",
        "This file is not signed. Have the sender sign it with ‘puntlanding contribution sign’.",
    ),
    "national_without_norms": (
        "Voor de benchmark van {year} zijn de normtijden van {year} nodig. Geef ze met --norms, of laat --year weg voor cijfers van het eigen jaar van de bijdragen.",
        "The benchmark of {year} needs the norm times of {year}. Give them with --norms, or leave out --year for figures of the contributions' own year.",
    ),
    "national_without_year": (
        "Deze lijst rekent aantallen om naar een ander jaar, maar er staat niet bij welk. Geef het jaar met --year, of laat de lijst weg.",
        "This list takes volumes to another year, but that year is not given. Give it with --year, or leave the list out.",
    ),
    "national_unpriced": (
        "Van {count} soorten vakgroepen ({groups}) heeft in {year} geen enkele code een normtijd; zij staan niet in de cijfers. Vul de normtijden aan als dat niet klopt.",
        "Of {count} kinds of groups ({groups}) no code has a norm time in {year}; they are not in the figures. Complete the norm times if that is not right.",
    ),
}
