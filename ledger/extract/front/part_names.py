"""Headings that name a part of a document, and never the whole of it: "Key Points", "摘要".

An answer of Grok opens with "### Key Points", and what it is about stands in no heading above it.
"""

from ledger.patterns import later

_NAMES = frozenset(
    name.strip()
    for name in """
    key points, key takeaways, key findings, key insights, key facts, direct answer,
    short answer, quick answer, brief answer, the short answer, answer, tl;dr, tldr,
    tl;dr summary, summary, executive summary, quick summary, brief summary, short summary,
    abstract, overview, brief overview, introduction, bottom line, the bottom line, at a glance,
    in short, in brief, highlights, conclusion, final answer, response, kurze zusammenfassung,
    zusammenfassung, kurzzusammenfassung, kurzfassung, kurzantwort, kernaussagen, kernpunkte,
    wichtige punkte, wichtigste punkte, wichtigste erkenntnisse, wichtige erkenntnisse,
    die wichtigsten punkte, schlüsselpunkte, direkte antwort, kurze antwort, überblick,
    einleitung, einführung, das wichtigste in kürze, auf einen blick, fazit, management summary,
    résumé, résumé exécutif, synthèse, points clés, points essentiels, réponse directe,
    réponse courte, en bref, en résumé, l'essentiel, aperçu, vue d'ensemble, resumen,
    resumen ejecutivo, puntos clave, puntos principales, respuesta directa, respuesta corta,
    respuesta breve, respuesta rápida, resumen directo, resumen rápido, introducción,
    visión general, en resumen, resumo, resumo executivo, sumário executivo, pontos-chave,
    pontos principais, resposta direta, resposta curta, introdução, visão geral, em resumo,
    sintesi, riepilogo, riassunto, punti chiave, punti principali, risposta diretta,
    risposta breve, introduzione, panoramica, in sintesi, sommario esecutivo, samenvatting,
    belangrijkste punten, kernpunten, kort antwoord, inleiding, overzicht, podsumowanie,
    streszczenie, kluczowe punkty, najważniejsze punkty, kluczowe wnioski, wprowadzenie, wstęp,
    w skrócie, krótka odpowiedź, sammanfattning, viktiga punkter, inledning, sammendrag,
    nøglepunkter, nøkkelpunkter, shrnutí, klíčové body, úvod, yönetici özeti, özet,
    önemli noktalar, temel noktalar, giriş, rezumat, puncte cheie, ringkasan, poin kunci,
    poin utama, pendahuluan, tóm tắt, điểm chính, ключевые моменты, ключевые выводы,
    ключевые положения, основные выводы, основные моменты, главное, кратко, краткий ответ,
    прямой ответ, краткое резюме, краткое содержание, резюме, аннотация, введение, обзор,
    ключові моменти, ключові висновки, коротка відповідь, вступ, 关键要点, 要点, 要点总结,
    核心要点, 关键点, 关键发现, 核心结论, 主要结论, 直接回答, 直接答案, 简短回答, 摘要, 执行摘要,
    概述, 概览, 引言, 导言, 前言, 简介, 总结, 结论, 结论先行, 關鍵要點, 要點, 核心要點, 重點摘要,
    重點, 執行摘要, 概覽, 導言, 簡介, 總結, 結論, 簡短回答, 要約, 概要, 要旨, 主なポイント,
    重要なポイント, 要点まとめ, まとめ, はじめに, 序論, エグゼクティブサマリー,
    エグゼクティブ・サマリー, 結論から, 요약, 핵심 요약, 핵심 요점, 핵심 포인트, 주요 포인트,
    주요 내용, 개요, 서론, 결론, 직접 답변, 짧은 답변, ملخص, الملخص, ملخص تنفيذي,
    الملخص التنفيذي, النقاط الرئيسية, أهم النقاط, مقدمة, المقدمة, الإجابة المباشرة, תקציר,
    נקודות מפתח, מבוא
    """.replace("\n", " ").split(",")
)
_NUMBERED = later(r"(?:[IVX]{1,4}|[0-9]{1,2}(?:\.[0-9]{1,2})?|[A-Z])[.)、:]?\s{1,3}|[一二三]、")
_LONGEST = 32
"""Characters of a heading with its number and signs; the longest of the names has 23."""
_AROUND = " \t*_:：.。!-–—#📌🔑📝✨💡✅🎯📊📋🔍⚡️"


def names_part(title: str) -> bool:
    """Whether the words of a heading name a part, in one of the languages of answers."""
    if len(title) > _LONGEST:
        return False
    words = title.strip(_AROUND)
    if words.casefold() in _NAMES:
        return True
    return _NUMBERED.sub("", words, 1).strip(_AROUND).casefold() in _NAMES
