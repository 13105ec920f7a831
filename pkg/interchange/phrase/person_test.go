package phrase

import (
	"fmt"
	"strings"
	"testing"
)

func TestHolders(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"Marco Daglio, Acting Head of Division; Head of Observatory, Directorate for Governance, OECD", "Marco Daglio [Acting Head of Division / Head of Observatory] Directorate for Governance, OECD"},
		{"Thierry Mandon, Secretary of State; Office of the Prime Minister, France", "Thierry Mandon [Secretary of State] Office of the Prime Minister, France"},
		{"Independent Reporting Mechanism (IRM)", "organisation Independent Reporting Mechanism (IRM)"},
		{"OpenGov Guide", "words OpenGov Guide"},
		{"Ian McKay", "Ian McKay [] "},
		{"Ann Corp (ONS)", "Ann Corp [] ONS"},
		{"Justin Vail, White House DPC; Waldo Jaquith and Phil Ashlock, GSA", "Justin Vail [] White House DPC; Waldo Jaquith [] GSA; Phil Ashlock [] GSA"},
		{"Drew Zachary & Anna Valuev, Census", "Drew Zachary [] Census; Anna Valuev [] Census"},
		{"Mélanie Robert, Government of Canada with Michael Lenczner, Civil Society Co-Chair", "Mélanie Robert [] Government of Canada; Michael Lenczner [Civil Society Co-Chair] "},
		{"Cleiton Pontes e Rodrigo Siqueira", "Cleiton Pontes [] ; Rodrigo Siqueira [] "},
		{"Michal Kubáň, Martin Nečaský – Ministerstvo vnitra", "Michal Kubáň [] Ministerstvo vnitra; Martin Nečaský [] Ministerstvo vnitra"},
		{"statssekretær Paul Chaffey", "Paul Chaffey [statssekretær] "},
		{"Kristine Ulander, strategist at DIGG", "Kristine Ulander [strategist] DIGG"},
		{"Dr. Eva Krüger, Abteilungsleiterin, BMI", "Dr. Eva Krüger [Abteilungsleiterin] BMI"},
		{"Nick Hart - President & CEO of the Data Foundation", "Nick Hart [President & CEO of the Data Foundation] "},
		{"NL / FI", "country NL; country FI"},
		{"JRC", "organisation JRC"},
		{"Insee", "organisation Insee"},
		{"All", "words All"},
		{"Ola Nordmann (TBC)", "Ola Nordmann [] tbc"},
		{"[Por definir]", ""},
		{"", ""},
	} {
		var parts []string
		for _, h := range Holders(test.line) {
			switch {
			case h.Name != "":
				s := fmt.Sprintf("%s [%s] %s", strings.TrimSpace(h.Honorific+" "+h.Name), strings.Join(h.Posts, " / "), h.Organisation)
				if h.Status != "confirmed" {
					s += string(h.Status)
				}
				parts = append(parts, s)
			case h.Country != "":
				parts = append(parts, "country "+h.Country)
			case h.Organisation != "":
				parts = append(parts, "organisation "+h.Organisation)
			default:
				parts = append(parts, "words "+h.Words)
			}
		}
		if got := strings.Join(parts, "; "); got != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.line, got, test.want)
		}
	}
}

func TestRolesIn(t *testing.T) {
	for line, want := range map[string]string{
		"Welcome Remarks & Moderator": "[speaker moderator]", "Moderators:": "[moderator]", "Chair and Rapporteur": "[chair rapporteur]",
		"Closing Remarks & Announcements": "[]", "Panel Discussion": "[]", "Intervenants": "[speaker]", "Ordstyrer": "[moderator]",
		"المتحدث ومدير الجلسة": "[speaker moderator]", "Welcome remarks": "[]",
	} {
		if got := fmt.Sprint(RolesIn(line)); got != want {
			t.Errorf("%q: got %s, want %s", line, got, want)
		}
	}
}

func TestKind(t *testing.T) {
	for title, want := range map[string]string{
		"Coffee break": "break", "Oběd": "meal", "Перерыв": "break", "استراحة": "break", "Pause café": "break", "BREAK (30 minutes, with a second lunch)": "break",
		"Conclusion": "closing", "Mesa Redonda": "round-table", "Velkommen": "opening", "Taller de datos": "workshop", "Begrüßung": "opening",
		"The history of lunch in parliaments of Europe since 1900": "other", "Something": "other",
	} {
		if got, _ := Kind(title); string(got) != want {
			t.Errorf("%q: got %s, want %s", title, got, want)
		}
	}
}

func TestCutCancelled(t *testing.T) {
	for line, want := range map[string]string{
		"#3 Journée Démo [ANNULE]": "#3 Journée Démo", "Cancelled: Budget": "Budget", "Budget (отменено)": "Budget", "Budget – avlyst": "Budget",
	} {
		if got, ok := CutCancelled(line); !ok || got != want {
			t.Errorf("%q: got %q %v, want %q", line, got, ok, want)
		}
	}
	if got, ok := CutCancelled("Why we cancelled the programme"); ok {
		t.Errorf("got %q, want a title that only speaks of cancelling left alone", got)
	}
}

func TestLanguage(t *testing.T) {
	for want, text := range map[string]string{
		"en": "The Secretariat will welcome the participants and invite the Chair to introduce the agenda of this meeting.",
		"fr": "Le programme comprend des sessions plénières avec les partenaires et la présentation du bilan.",
		"nb": "Departementene og det sivile samfunn skal sammen lage utkast til planen, og dette er en del av prosessen.",
		"sv": "Regeringen håller på att utveckla sin handlingsplan med åtaganden som ska publiceras innan sommaren.",
		"cs": "Veřejná správa disponuje velkým potenciálem v podobě datových zdrojů, které spravuje.",
		"ru": "Заседание координационного совета по открытому правительству пройдёт в Доме правительства.",
		"ar": "تسلط الجلسة الضوء على تقنيات الذكاء الاصطناعي ودورها في إحداث تحولات جوهرية",
		"":   "12:00",
	} {
		if got := Language(text); got != want {
			t.Errorf("%.40q: got %q, want %q", text, got, want)
		}
	}
}
