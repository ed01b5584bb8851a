package checks

// read is when the sources were read, or a publication that quotes them. The
// date moves only with a new reading.
const read = "2026-11-22"

// The sources that checks share. Functions, so that nothing can change them.

func directive() Source {
	return Source{
		Text:    "Directive 2002/58/EC as amended by 2009/136/EC, Article 5(3)",
		Address: "https://eur-lex.europa.eu/eli/dir/2002/58/2009-12-19", Verified: read, Kind: Statute,
		Profiles: []Profile{EU, FR, DE, AT, IT, ES, NL, BE},
	}
}

func gdpr(article string) Source {
	return Source{
		Text: "Regulation (EU) 2016/679 (GDPR), " + article, Address: "https://eur-lex.europa.eu/eli/reg/2016/679/oj",
		Verified: Unverified, Kind: Statute, Profiles: []Profile{EU, FR, DE, AT, IT, ES, NL, BE},
	}
}

// planet49 was read in quotations of paragraph 81 only.
func planet49(part string) Source {
	return Source{
		Text:    "Court of Justice, C-673/17 Planet49, 1 October 2019, ECLI:EU:C:2019:801, " + part,
		Address: "https://curia.europa.eu/juris/liste.jsf?num=C-673/17", Verified: Unverified, Kind: Court,
		Profiles: []Profile{EU, FR, DE, AT, IT, ES, NL, BE},
	}
}

func edpbScope() Source {
	return Source{
		Text:     "EDPB Guidelines 2/2023 on the technical scope of Article 5(3), version 2.0, 7 October 2024",
		Address:  "https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-22023-technical-scope-art-53-eprivacy-directive_en",
		Verified: read, Kind: Guidance, Profiles: []Profile{EU, FR, DE, AT, IT, ES, NL, BE},
	}
}

func taskforce(practice string) Source {
	return Source{
		Text:     "EDPB, Report of the work undertaken by the Cookie Banner Taskforce, 17 January 2023, " + practice,
		Address:  "https://www.edpb.europa.eu/our-work-tools/our-documents/other/report-work-undertaken-cookie-banner-taskforce_en",
		Verified: read, Kind: Guidance, Profiles: []Profile{EU, FR, DE, AT, IT, ES, NL, BE},
	}
}

func consentGuidelines() Source {
	return Source{
		Text:     "EDPB Guidelines 05/2020 on consent, version 1.1, 4 May 2020",
		Address:  "https://www.edpb.europa.eu/our-work-tools/our-documents/guidelines/guidelines-052020-consent-under-regulation-2016679_en",
		Verified: Unverified, Kind: Guidance, Profiles: []Profile{EU, FR, DE, AT, IT, ES, NL, BE},
	}
}

func cnil() Source {
	return Source{
		Text:     "CNIL, délibérations 2020-091 and 2020-092, 17 September 2020 (loi Informatique et Libertés, article 82)",
		Address:  "https://www.cnil.fr/fr/cookies-et-autres-traceurs/regles/cookies/lignes-directrices-modificatives-et-recommandation",
		Verified: read, Kind: Authority, Profiles: []Profile{FR},
	}
}

func cnilAudience() Source {
	return Source{
		Text:    "CNIL, mesure d'audience, 4 July 2025 (13 months are recommended)",
		Address: "https://www.cnil.fr/fr/node/167364", Verified: read, Kind: Authority, Profiles: []Profile{FR},
	}
}

func germany() Source {
	return Source{
		Text:    "§ 25 TDDDG; DSK, Orientierungshilfe Digitale Dienste, version 1.2, November 2024",
		Address: "https://www.gesetze-im-internet.de/ttdsg/__25.html", Verified: read, Kind: Statute, Profiles: []Profile{DE},
	}
}

func hannover() Source {
	return Source{
		Text:    "Verwaltungsgericht Hannover, 10 A 5385/22, 19 March 2025 (not final)",
		Address: "https://voris.wolterskluwer-online.de/", Verified: Unverified, Kind: Court, Profiles: []Profile{DE},
	}
}

func garante() Source {
	return Source{
		Text:    "Garante, Linee guida cookie e altri strumenti di tracciamento, 10 June 2021, n. 231",
		Address: "https://www.garanteprivacy.it/home/docweb/-/docweb-display/docweb/9677876", Verified: read, Kind: Authority,
		Profiles: []Profile{IT},
	}
}

func aepd() Source {
	return Source{
		Text:    "AEPD, Guía sobre el uso de las cookies, 11 July 2023 (LSSI article 22.2)",
		Address: "https://www.aepd.es/guias/guia-cookies.pdf", Verified: read, Kind: Authority, Profiles: []Profile{ES},
	}
}

func netherlands() Source {
	return Source{
		Text:    "Autoriteit Persoonsgegevens, cookie checks since April 2025 (Telecommunicatiewet article 11.7a)",
		Address: "https://www.autoriteitpersoonsgegevens.nl/themas/internet-slimme-apparaten/cookies", Verified: read, Kind: Authority,
		Profiles: []Profile{NL},
	}
}

func belgium() Source {
	return Source{
		Text:    "APD/GBA, cookie checklist, 20 October 2023 (law of 30 July 2018, article 10/2)",
		Address: "https://www.gegevensbeschermingsautoriteit.be/professioneel/thema-s/cookies", Verified: read, Kind: Authority,
		Profiles: []Profile{BE},
	}
}

func pecr() Source {
	return Source{
		Text:    "PECR regulation 6 and Schedule A1 (Data (Use and Access) Act 2025, section 112, in force since 5 February 2026)",
		Address: "https://www.legislation.gov.uk/ukpga/2025/18/schedule/12", Verified: read, Kind: Statute, Profiles: []Profile{UK},
	}
}

func ico() Source {
	return Source{
		Text:     "ICO, Guidance on the use of storage and access technologies, 29 April 2026",
		Address:  "https://ico.org.uk/for-organisations/direct-marketing-and-privacy-and-electronic-communications/guidance-on-the-use-of-storage-and-access-technologies/",
		Verified: read, Kind: Authority, Profiles: []Profile{UK},
	}
}

func switzerland() Source {
	return Source{
		Text:    "Fernmeldegesetz, article 45c (information and the means to refuse)",
		Address: "https://www.fedlex.admin.ch/eli/cc/1997/2187_2187_2187/de#art_45_c", Verified: Unverified, Kind: Statute,
		Profiles: []Profile{CH},
	}
}

func california(section string) Source {
	return Source{
		Text:    "California Code of Regulations, title 11, " + section,
		Address: "https://www.law.cornell.edu/regulations/california/11-CCR-7025", Verified: read, Kind: Statute, Profiles: []Profile{USCA},
	}
}

func gpcSpec() Source {
	return Source{Text: "W3C, Global Privacy Control, editor's draft, 3 April 2026", Address: "https://w3c.github.io/gpc/", Verified: read, Kind: Standard}
}

func tcfPolicies() Source {
	return Source{
		Text:    "IAB Europe, Transparency and Consent Framework 2.3, technical specifications",
		Address: "https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework", Verified: read, Kind: Standard,
	}
}

func gppSpec() Source {
	return Source{
		Text:    "IAB, Global Privacy Platform 1.1",
		Address: "https://github.com/InteractiveAdvertisingBureau/Global-Privacy-Platform", Verified: read, Kind: Standard,
	}
}

func consentMode() Source {
	return Source{
		Text:    "Google, Consent Mode (Google's terms, not law)",
		Address: "https://developers.google.com/tag-platform/security/guides/consent", Verified: read, Kind: Standard,
	}
}

// informing are the sources for what a site says about what it stores.
// Paragraph 81 of Planet49 was read in a publication that quotes it.
func informing(more ...Source) []Source {
	quoted := planet49("paragraph 81")
	quoted.Verified = read
	return append([]Source{study(), directive(), quoted, gdpr("Article 13(1)(c) and (e), 13(2)(a)"), pecr(), switzerland()}, more...)
}

// study compared what sites declare with what they do. It was read in what its
// authors publish about it.
func study() Source {
	return Source{
		Text:    "Bollinger, Kubicek, Cotrini, Basin, USENIX Security Symposium 2022, pages 2893 to 2910 (what sites declare, and what they do)",
		Address: "https://www.usenix.org/conference/usenixsecurity22/presentation/bollinger", Verified: "2026-11-26", Kind: Study,
	}
}

// storing are the sources for what is stored without consent.
func storing(more ...Source) []Source {
	return append([]Source{directive(), planet49("operative part 2"), germany(), pecr(), switzerland()}, more...)
}
