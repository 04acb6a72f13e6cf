"""Remarks with which editors mark a doubt: templates of wikis, which pages show by their names."""

DOUBTS = {
    name: code
    for code, names in {
        "citation-needed": "citation needed|cn|fact|cite needed|needs citation|source needed|"
        "reference needed|citation needed span|belege fehlen|refnec|cita requerida|"
        "citazione necessaria|senza fonte|réf. nécessaire|référence nécessaire|réf. souhaitée|"
        "référence souhaitée|citation nécessaire|refsou|beleg?|carece de fontes|carece de fontes?|"
        "bron?|bron gevraagd|potrzebny przypis|fakt|källa behövs|kaynak belirtilmeli|"
        "источник?|источник не указан|нет аи|джерело?|要出典|来源请求|來源請求|출처 필요|출처|"
        "kaynak belirt|بحاجة لمصدر|بحاجة إلى مصدر|نیازمند منبع|مدرک|דרוש מקור|cần chú thích|"
        "cần dẫn nguồn|ต้องการอ้างอิง|butuh rujukan|citació necessària|kilde mangler|"
        "trenger referanse|उद्धरण आवश्यक|lähde|zdroj?|forrás?|necesită citare|treba izvor",
        "failed-verification": "failed verification|fv|not in citation given|not in source|"
        "failed verification inline|verification failed",
        "better-source-needed": "better source needed|better source|unreliable source?|"
        "unreliable source|self-published inline|self-published source|deprecated inline|"
        "user-generated inline|non-primary source needed|primary source inline|"
        "third-party source needed|medical citation needed|promotional source",
        "verification-needed": "verify source|verification needed|vn|check quotation|page needed|"
        "full citation needed|citation not found|request quotation|quote needed|проверить факт",
        "dubious": "dubious|disputed inline|dubious – discuss|contradictory inline|or|"
        "original research inline|original research?|synthesis inline|editorializing",
        "attribution-needed": "who|who?|by whom|by whom?|according to whom|attribution needed|"
        "whose|which|which?|vague|clarify|when|when?|weasel inline|where|how|why|explain",
        "dead-link": "dead link|deadlink|dl|toter link|lien brisé|enlace roto",
        "unsourced": "unreferenced|unreferenced section|more citations needed|refimprove|"
        "more citations needed section|original research|one source|primary sources|no footnotes|"
        "more footnotes needed|blp sources|unreferenced blp|self-published",
    }.items()
    for name in names.split("|")
}
"""What editors say at a doubtful place, in lower case, to the code of the finding that it is."""
