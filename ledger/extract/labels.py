"""What stands before the author, the day and the source of a text: data, by what it is.

In many languages, one line for a few of them; alternatives of a pattern, without the colon.
"""


def _alternatives(lines: str) -> str:
    return "|".join(map(str.strip, lines.split("\n")))


PERSON = _alternatives(
    r"""[Bb]y|Authors?|Written by|Prepared by|Compiled by|Reported by|Researched by|Text
    Autor(?:in|en|innen)?|Geschrieben von|Verfasser(?:in)?|Verfasst von|Von|Auteurs?|Rédigé par|Par
    Autor(?:es|as?)|Escrito por|Por|Texto|Redacción|Autor[ei]|Scritto da|A cura di|Di|Testo
    Door|Geschreven door|Tekst|Autor(?:ka|zy)|Opracowa(?:nie|ł|ła)|Autor[iu]l?
    Авторы?|Текст|Автори?|Författare|Skribent|Forfatter|Skrevet av|Kirjoittaja|Teksti
    Yazar|Yazan|Szerző|Írta|Penulis|Oleh|Tác giả|Bài|Συντάκτης
    作者|文|撰文|记者|記者|著者|執筆者?|저자|글|글쓴이|작성자|기자
    الكاتب|بقلم|كتب|المؤلف|نویسنده|מאת|लेखक"""
)
DAY = _alternatives(
    r"""(?:Report |Publication |Release |Issue |Research )?[Dd]ate|Date of (?:report|publication)
    (?:First |Originally )?(?:[Pp]ublished|[Pp]osted|[Rr]eleased|[Ii]ssued|[Cc]reated)(?: on| at)?
    [Gg]enerated(?: on| at)?|[Ss]ubmitted(?: on| at)?|As of
    (?:Erscheinungs|Veröffentlichungs)?[Dd]atum|Stand|(?:Veröffentlicht|Erschienen|Erstellt)(?: am)?
    Publiée?(?: le)?|Paru le|Date de publication|Fecha(?: de publicación)?|Publicado(?: el| em)?
    Data(?: de publicação| di pubblicazione| publikacji)?|Pubblicato(?: il)?|Gepubliceerd(?: op)?
    Opublikowano|Дата(?: публикации| публікації)?|Опубликовано|Опубліковано|Publikováno|Zveřejněno
    Publicerad|Publisert|Udgivet|Publiceret|Julkaistu|Yayın(?:lanma)?(?: [Tt]arihi)?|Tarih
    Dátum|Megjelent|Közzétéve|Publicat(?: la)?|Tanggal|Diterbitkan|Dipublikasikan
    Ngày(?: đăng| xuất bản)?|Ημερομηνία|Δημοσιεύθηκε|प्रकाशित|दिनांक|तारीख
    日期|发布(?:时间|日期|于)|發布(?:時間|日期)|发表于|时间|公開日時?|投稿日|掲載日|作成日
    게시일|작성일|발행일|등록|입력|날짜
    تاريخ النشر|نشر في|نُشر في|التاريخ|تاریخ انتشار|פורסם"""
)
CHANGED = _alternatives(
    r"""(?:Last )?(?:updated|modified|revised|reviewed|edited)(?: on| at)?|Last update
    (?:Zuletzt )?(?:aktualisiert|geändert)(?: am)?|Letzte Aktualisierung
    Mise? à jour(?: le)?|Modifiée?(?: le)?|Dernière mise à jour|Actualizado(?: el)?
    Última actualización|Aggiornato(?: il)?|Ultimo aggiornamento|Atualizado(?: em)?
    Última atualização|(?:Laatst )?bijgewerkt(?: op)?|(?:Ostatnia )?aktualizacja
    Обновлено|Оновлено|Aktualizováno|Uppdaterad|Oppdatert|Opdateret|Päivitetty
    Güncelle(?:me|ndi)|Frissítve|Actualizat|Diperbarui|Cập nhật(?: lúc)?|Ενημερώθηκε|अद्यतन
    更新(?:时间|時間|日期|日)?|最終更新日?|수정|آخر تحديث|עודכן"""
)
"""To be read in letters of either size."""
ENGLISH = (
    "(?:First|Originally|Last|Date|(?:Report|Publication|Release|Issue|Research) Date|As of"
    "|Published|Posted|Released|Issued|Created|Generated|Submitted|Updated|Modified|Revised"
    "|Reviewed|Edited)"
)
"""How those begin in the language in which 3/4 may be either of two days."""
SOURCE = _alternatives(
    r"""(?:消息|本文)?来源|消息來源|來源|稿源|Source|Quelle|Fuente|Fonte|Źródło|Источник|Джерело|출처|المصدر"""
)
REMARK = _alternatives(
    r"""Version|Classification|Prepared for|Word count|Read(?:ing)? time|Distribution|Audience
    (?:Document|Report) (?:ID|no\.?|number)|Editors?|Redaktion
    Lesezeit|Temps de lecture|Tiempo de lectura|Tempo di lettura|Tempo de leitura|Leestijd
    (?:责任)?编辑|責任編輯|責編|责编|编审|校对|审核|阅读量?|字数|浏览(?:量|次数)?|조회수?"""
)
"""Neither author nor day: for whom a text is, how long it is, who looked at it."""
OTHERS = "(?:(?:Medically )?Reviewed|Fact[- ]checked|Edited|Translated|Checked) by"
PHOTO = "Photos?|Fotos?|Bild(?:er)?|Video|Grafik|Illustration(?:en)?"
ROLE = (
    "(?:Writer|Reporter|Editor|Correspondent|Contributor|Fellow|Analyst|Director|Professor"
    "|Researcher|Economist|Columnist|Scientist|Clerk|Counsel|Attorney|Officer|Manager|Advis[eo]r)"
)
COPIED = _alternatives(
    r"""From Wikipedia, the free encyclopedia|Aus Wikipedia, der freien Enzyklopädie
    (?:Un article de )?Wikipédia,? l['’]encyclopédie libre|De Wikipedia, la enciclopedia libre
    Da Wikipedia, l['’]enciclopedia libera|Origem: Wikipédia, a enciclopédia livre
    Uit Wikipedia, de vrije encyclopedie|Z Wikipedii, wolnej encyklopedii
    Från Wikipedia, den fria encyklopedin|Материал из Википедии — свободной энциклопедии
    Матеріал з Вікіпедії — вільної енциклопедії|维基百科，自由的百科全书|維基百科，自由的百科全書
    出典: フリー百科事典『ウィキペディア(?:（Wikipedia）)?』|위키백과, 우리 모두의 백과사전"""
)
"""What the encyclopedia has below the names of its articles."""
