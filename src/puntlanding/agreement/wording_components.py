"""What the keys of components are called in a sentence, and what their choices say; see `agreement.wording`."""

from __future__ import annotations

from collections.abc import Mapping

Pair = tuple[str, str]

_BASIS: Mapping[str, Pair] = {
    "geen": ("verdeeld wordt op de score alleen", "it is divided on the score alone"),
    "zorgverlening_fte": (
        "verdeeld wordt op de score maal zorgverlening-fte",
        "it is divided on the score times care fte",
    ),
    "norm_fte": ("verdeeld wordt op de score maal betaalde norm fte", "it is divided on the score times paid norm fte"),
    "begroting": (
        "verdeeld wordt op de score maal begrote norm fte",
        "it is divided on the score times budgeted norm fte",
    ),
}
_REST: Mapping[str, Pair] = {
    "blijft": ("wat niet nodig is, blijft staan", "what is not needed stays"),
    "verdelen": (
        "wat niet nodig is, wordt verdeeld op betaalde norm fte",
        "what is not needed is divided on paid norm fte",
    ),
}
_SHARE: Mapping[str, Pair] = {
    "": ("{0} van het hele kader gaat hiervoor opzij", "{0} of the whole frame is set aside for this")
}
_AMOUNT: Mapping[str, Pair] = {"": ("{0} gaat hiervoor opzij", "{0} is set aside for this")}

COMPONENT_NOUNS: dict[str, Pair] = {
    "harmonisatie.bedrag_per_fte": ("het vaste bedrag per zorgverlening-fte", "the fixed amount per care fte"),
    "harmonisatie.aandeel": ("het deel van het kader voor harmonisatie", "the share of the frame for harmonisation"),
    "disutility.vorm": ("de vorm van de disutility", "the form of disutility"),
    "disutility.bron": ("de bron van de punten voor disutility", "the source of the points for disutility"),
    "disutility.aandeel": ("het deel van het kader voor disutility", "the share of the frame for disutility"),
    "disutility.bedrag": ("het bedrag voor disutility", "the amount for disutility"),
    "disutility.punten_per_norm_fte": ("het aantal punten in een norm fte", "the number of points in one norm fte"),
    "kwaliteit.aandeel": ("het deel van het kader voor kwaliteit", "the share of the frame for quality"),
    "kwaliteit.bedrag": ("het bedrag voor kwaliteit", "the amount for quality"),
    "kwaliteit.grondslag": ("de grondslag van het kwaliteitsbudget", "the basis of the quality budget"),
    "geoormerkt.naam": ("de naam", "the name"),
    "geoormerkt.aandeel": ("het deel van het kader", "the share of the frame"),
    "geoormerkt.bedrag": ("het bedrag", "the amount"),
    "geoormerkt.grondslag": ("de grondslag", "the basis"),
    "geoormerkt.scores": ("de lijst waaruit de scores komen", "the list that the scores come from"),
    "mutatiereserve.aandeel": ("het deel van het kader voor de mutatiereserve", "the share of the frame for the mutation reserve"),
    "mutatiereserve.bedrag": ("het bedrag van de mutatiereserve", "the amount of the mutation reserve"),
    "mutatiereserve.gebruik": ("het gebruik van de mutatiereserve", "the use of the mutation reserve"),
    "mutatiereserve.drempel": ("de drempel van de mutatiereserve", "the threshold of the mutation reserve"),
    "mutatiereserve.rest": ("de bestemming van de rest van de mutatiereserve", "the purpose of the rest of the mutation reserve"),
    "gedeelde_besparing.aandeel": ("het deel van de besparing voor het gremium", "the share of the saving for the collective"),
    "gedeelde_besparing.vakgroep_deel": ("het deel daarvan voor de vakgroep van het initiatief", "the share of it for the group of the initiative"),
    "gedeelde_besparing.ten_hoogste": ("het meeste van de besparing dat naar het gremium gaat", "the most of the saving that goes to the collective"),
    "overgang.jaar": ("het jaar van de overgangsvergoeding", "the year of the transition compensation"),
    "overgang.aandeel": ("het deel van het kader voor de overgang", "the share of the frame for the transition"),
    "overgang.bedrag": ("het bedrag voor de overgang", "the amount for the transition"),
    "overgang.drempel": ("het verlies dat voor eigen rekening blijft", "the loss that is one's own"),
    "overgang.vergoeding": ("het deel van het verlies dat wordt vergoed", "the share of the loss that is compensated"),
    "overgang.rest": ("de bestemming van wat voor de overgang niet nodig is", "the purpose of what the transition does not need"),
    "vangnet.maximale_daling": ("de grootste daling per jaar", "the largest fall in a year"),
    "vangnet.eerste_jaar": ("het eerste jaar van het vangnet", "the first year of the net"),
    "vangnet.laatste_jaar": ("het laatste jaar van het vangnet", "the last year of the net"),
    "vangnet.vakgroepen": ("de lijst van vakgroepen met een vangnet", "the list of groups with a net"),
}  # fmt: skip

COMPONENT_READS: dict[str, Mapping[str, Pair]] = {
    "harmonisatie.bedrag_per_fte": {"": ("elke zorgverlening-fte krijgt {0}", "each care fte gets {0}")},
    "harmonisatie.aandeel": _SHARE,
    "disutility.vorm": {
        "pot": ("disutility is een pot die op punten wordt verdeeld", "disutility is a pot that is divided on points"),
        "norm_fte": ("disutility telt als norm fte", "disutility counts as norm fte"),
    },
    "disutility.bron": {
        "waarden": ("de punten zijn opgegeven", "the points are given"),
        "diensten": ("de punten komen uit de dienstroosters", "the points come from the on-call rosters"),
    },
    "disutility.aandeel": _SHARE,
    "disutility.bedrag": _AMOUNT,
    "disutility.punten_per_norm_fte": {"": ("{0} punten zijn één norm fte", "{0} points are one norm fte")},
    "kwaliteit.aandeel": _SHARE,
    "kwaliteit.bedrag": _AMOUNT,
    "kwaliteit.grondslag": _BASIS,
    "geoormerkt.aandeel": _SHARE,
    "geoormerkt.bedrag": _AMOUNT,
    "geoormerkt.grondslag": _BASIS,
    "geoormerkt.scores": {
        "passende_zorg": ("de scores zijn die van passende zorg", "the scores are those of appropriate care"),
        "kwaliteit": ("de scores zijn die van kwaliteit", "the scores are those of quality"),
        "scores": ("de scores komen uit de lijst scores", "the scores come from the list scores"),
    },
    "mutatiereserve.aandeel": _SHARE,
    "mutatiereserve.bedrag": _AMOUNT,
    "mutatiereserve.gebruik": {
        "netto": (
            "zij betaalt meerproductie die niet door onderproductie van anderen wordt opgevangen",
            "it pays over-production that under-production of others does not make up for",
        ),
        "geheel": ("zij betaalt alle niet betaalde meerproductie", "it pays all unpaid over-production"),
        "besluiten": ("zij wordt gebruikt volgens de besluiten in mutaties", "it is used by the decisions in mutaties"),
    },
    "mutatiereserve.drempel": {"": ("meerproductie tot {0} van de begroting telt niet", "over-production up to {0} of the budget does not count")},
    "mutatiereserve.rest": _REST,
    "gedeelde_besparing.aandeel": {"": ("{0} van de besparing gaat naar het gremium", "{0} of the saving goes to the collective")},
    "gedeelde_besparing.vakgroep_deel": {"": ("{0} daarvan is voor de vakgroep van het initiatief", "{0} of that is for the group of the initiative")},
    "gedeelde_besparing.ten_hoogste": {"": ("naar het gremium gaat ten hoogste {0}", "at most {0} goes to the collective")},
    "overgang.jaar": {"": ("de vergoeding geldt eenmaal, in {0}", "the compensation holds once, in {0}")},
    "overgang.aandeel": _SHARE,
    "overgang.bedrag": _AMOUNT,
    "overgang.drempel": {"": ("verlies tot {0} blijft voor eigen rekening", "a loss up to {0} is one's own")},
    "overgang.vergoeding": {"": ("van het verlies daarboven wordt {0} vergoed", "of the loss above that {0} is compensated")},
    "overgang.rest": _REST,
    "vangnet.maximale_daling": {"": ("een vakgroep daalt ten hoogste {0} in een jaar", "a group falls at most {0} in a year")},
    "vangnet.eerste_jaar": {"": ("het vangnet geldt vanaf {0}", "the net holds from {0}")},
    "vangnet.laatste_jaar": {"": ("het vangnet geldt tot en met {0}", "the net holds until the end of {0}")},
}  # fmt: skip
