package typeset

import (
	"context"
	"strings"
	"testing"
	"time"
)

// sample is a session in one language.
type sample struct {
	language, title, text, question string
}

// samples are texts in the languages of the meetings.
var samples = []sample{
	{"en", "Learning from each other: what works in regulatory delivery", "Participants share practical experience with implementing better regulation under tight fiscal conditions. The session opens with two short inputs, followed by small-group work in which each table identifies one practice that can be transferred, one that cannot, and the conditions under which it could.", "Which institutional arrangements made the reform survive a change of government?"},
	{"fr", "Apprendre entre pairs : l’évaluation d’impact à l’épreuve du terrain", "Où en sommes-nous de l’évaluation ex ante ? Les participants échangent leurs expériences « sans filtre » : ce qui a réussi, ce qui a échoué, et pourquoi. L’œuvre commune est un guide de 12 pages, publié à l’issue de la réunion ; il s’adresse aux hauts fonctionnaires comme aux équipes de première ligne.", "Quels sont les trois obstacles à l’évaluation, et comment les lever ?"},
	{"ar", "تعلّم الأقران: الحوكمة العامة في منطقة الشرق الأوسط وشمال أفريقيا", "يتبادل المشاركون الخبرات العملية حول الإصلاح الإداري في ظل القيود المالية خلال الفترة من 22 إلى 24 نوفمبر 2026. تبدأ الجلسة بمداخلتين قصيرتين، يليها عمل في مجموعات صغيرة تحدد كل منها ممارسة واحدة قابلة للنقل وأخرى غير قابلة، والشروط اللازمة لذلك.", "ما هي الترتيبات المؤسسية التي جعلت الإصلاح يصمد أمام تغيير الحكومة؟"},
	{"nb", "Læring mellom likemenn: digital førstelinje i små kommuner", "Deltakerne deler erfaringer med å bygge digitale tjenester når både ressurser og kompetanse er knappe. Økten åpner med to korte innlegg fra Ærøy og Ålesund, og fortsetter med gruppearbeid der hvert bord peker på én praksis som kan overføres.", "Hvordan måler vi om innbyggerne faktisk får raskere hjelp?"},
	{"ka", "ერთმანეთისგან სწავლა: საჯარო მმართველობის რეფორმა", "მონაწილეები ერთმანეთს უზიარებენ პრაქტიკულ გამოცდილებას საჯარო მმართველობის რეფორმის განხორციელების შესახებ. სესია იწყება ორი მოკლე გამოსვლით, რასაც მოჰყვება ჯგუფური მუშაობა, სადაც თითოეული მაგიდა გამოყოფს ერთ გადასაცემ პრაქტიკას.", "რომელმა ინსტიტუციურმა მექანიზმმა გაუძლო ხელისუფლების ცვლილებას?"},
	{"ru", "Взаимное обучение: оценка регулирующего воздействия на практике", "Участники делятся практическим опытом внедрения оценки регулирующего воздействия в условиях бюджетных ограничений. Сессия открывается двумя короткими выступлениями, за которыми следует работа в малых группах.", "Какие институциональные механизмы пережили смену правительства?"},
	{"kk", "Өзара үйрену: мемлекеттік қызметті цифрландыру", "Қатысушылар шектеулі бюджет жағдайында мемлекеттік қызметтерді цифрландыру тәжірибесімен бөліседі. Сессия екі қысқа баяндамамен ашылып, шағын топтардағы жұмыспен жалғасады: әңгіме, ғылым, өңір, ұлт, үй, һәм.", "Қандай институционалдық тетіктер үкімет ауысқаннан кейін де сақталды?"},
	{"hy", "Փոխադարձ ուսուցում. հանրային կառավարման բարեփոխում", "Մասնակիցները կիսվում են հանրային կառավարման բարեփոխումների իրականացման գործնական փորձով։ Նիստը բացվում է երկու կարճ ելույթով, որին հաջորդում է աշխատանք փոքր խմբերում։", "Ի՞նչ ինստիտուցիոնալ մեխանիզմներ են պահպանվել կառավարության փոփոխությունից հետո։"},
	{"az", "Qarşılıqlı öyrənmə: dövlət xidmətlərinin rəqəmsallaşdırılması", "İştirakçılar məhdud büdcə şəraitində dövlət xidmətlərinin rəqəmsallaşdırılması üzrə təcrübələrini bölüşürlər. Sessiya iki qısa çıxışla açılır, ardınca kiçik qruplarda iş gəlir: İstanbul, Gəncə, Şəki, ğ, ı, ə.", "Hansı mexanizmlər hökumət dəyişikliyindən sonra da qaldı?"},
	{"uk", "Взаємне навчання: відбудова та прозорі закупівлі", "Учасники діляться практичним досвідом прозорих закупівель під час відбудови. Сесія відкривається двома короткими виступами, після чого йде робота в малих групах; ґанок, їхній, щедрівка, є.", "Які механізми контролю спрацювали найкраще?"},
	{"es", "Aprender entre pares: mejora regulatoria en municipios pequeños", "¿Qué funciona y qué no? Los participantes comparten experiencias prácticas de mejora regulatoria en municipios con recursos escasos; la sesión abre con dos intervenciones breves y sigue con trabajo en grupos pequeños. ¡Mañana, señores, manos a la obra!", "¿Qué arreglos institucionales sobrevivieron a un cambio de gobierno?"},
	{"he", "ללמוד זה מזה: מה עובד ביישום רגולציה", "המשתתפים חולקים ניסיון מעשי ביישום רגולציה טובה יותר בתנאי תקציב מוגבלים, בין 22 ל־24 בנובמבר 2026. המפגש נפתח בשתי הרצאות קצרות (OECD) ואחריהן עבודה בקבוצות קטנות.", "אילו הסדרים מוסדיים שרדו חילופי ממשלה?"},
	{"el", "Μαθαίνοντας ο ένας από τον άλλον: τι αποδίδει στην πράξη", "Οι συμμετέχοντες ανταλλάσσουν πρακτική εμπειρία από την εφαρμογή της καλής νομοθέτησης υπό δημοσιονομικούς περιορισμούς. Η συνεδρία ανοίγει με δύο σύντομες εισηγήσεις.", "Ποιες θεσμικές ρυθμίσεις άντεξαν σε μια αλλαγή κυβέρνησης;"},
}

var testDate = time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)

var (
	navy = Colour{0.07, 0.2, 0.36}
	teal = Colour{0, 0.42, 0.47}
)

// programme draws a programme of n sessions: cover with QR code, contents
// with page numbers, a table, sessions with lists and links.
type programme struct {
	t       testing.TB
	c       *Composer
	d       *Document
	y       float64
	entries []*Element
	pages   []int
}

const (
	margin = 60.0
	column = 475.0
)

func (p *programme) newPage() {
	n := p.d.AddPage(A4)
	p.d.Artifact(RunningTitle, func() {
		p.d.Rule(margin, 50, column, 0.6, teal)
		p.put("Tirana Peer-Learning Meeting 2026", Style{Size: 8, Language: "en"}, margin, 36, column, Start)
		p.put(strings.Repeat("i", n%4), Style{Size: 8, Language: "en"}, margin, 36, column, End)
	})
	p.y = 78
}

// put draws text that is known to fit.
func (p *programme) put(text string, s Style, x, y, width float64, a Align) *Block {
	b := p.c.Layout(Paragraph{Runs: Plain(text, s), Width: width, Align: a})
	p.d.Draw(b, x, y)
	return b
}

// flow draws text that may go on on the next page.
func (p *programme) flow(runs []Run, x, width float64) {
	b := p.c.Layout(Paragraph{Runs: runs, Width: width})
	for len(b.Lines) > 0 {
		n := b.Fit(790 - p.y)
		if n == 0 {
			p.newPage()
			continue
		}
		head := b.Cut(0, n)
		p.d.Draw(head, x, p.y)
		p.y += head.Height()
		b = b.Cut(n, len(b.Lines))
	}
}

func (p *programme) tagged(tag Tag, text string, s Style, x, width float64) {
	p.d.Tagged(tag, Attrs{}, func() { p.flow(Plain(text, s), x, width) })
}

func (p *programme) cover() {
	d := p.d
	d.AddPage(A4)
	d.Artifact(Decoration, func() { d.Rect(Rect{0, 0, A4.Width, 300}, navy) })
	d.Bookmark("Programme", 0, 0)
	d.Begin(H1, Attrs{})
	p.put("Learning from each other", Style{Font: Bold, Size: 34, Colour: White, Language: "en"}, margin, 120, column, Start)
	d.End()
	if err := d.QR("https://meet.example.org/tirana-2026", margin, 640, 90, "QR code: live agenda"); err != nil {
		p.t.Fatal(err)
	}
	d.Begin(P, Attrs{})
	link := Link{URI: "https://meet.example.org/tirana-2026"}
	b := p.c.Layout(Paragraph{Runs: []Run{
		{Text: "The live agenda is at ", Style: Style{Size: 10, Language: "en"}},
		{Text: "meet.example.org", Style: Style{Size: 10, Colour: teal, Language: "en"}, Link: link},
		{Text: "; bring your questions, or « vos questions ».", Style: Style{Size: 10, Language: "fr"}},
	}, Width: 200})
	d.Draw(b, margin, 740)
	d.End()
}

func (p *programme) contents(n int) {
	p.newPage()
	d := p.d
	d.Tagged(H2, Attrs{}, func() {
		d.Bookmark("Contents", 0, p.y)
		p.flow(Plain("Contents", Style{Font: SemiBold, Size: 20, Colour: navy, Language: "en"}), margin, column)
	})
	d.Begin(Contents, Attrs{})
	for i := range n {
		s := samples[i%len(samples)]
		d.Begin(Entry, Attrs{Language: s.language})
		p.entries = append(p.entries, d.Begin(LinkTag, Attrs{}))
		p.pages = append(p.pages, d.Pages())
		b := p.put(s.title, Style{Size: 9, Language: s.language}, margin, p.y, column-40, Start)
		d.LinkArea(Rect{margin, p.y, column, b.Height()}, Link{Place: place(i)}, s.title)
		p.y += b.Height() + 3
		d.End()
		d.End()
		if p.y > 770 {
			p.newPage()
		}
	}
	d.End()
}

func place(i int) string { return "session-" + strings.Repeat("x", i) }

func (p *programme) table() {
	d := p.d
	cells := func(tag Tag, texts []string, f Font) {
		p.d.Begin(Row, Attrs{})
		for i, text := range texts {
			d.Begin(tag, Attrs{Scope: map[Tag]Scope{HeaderCell: ColumnScope}[tag]})
			p.put(text, Style{Font: f, Size: 8, Tabular: true, Language: "en"}, margin+float64(i)*100, p.y, 90, Start)
			d.End()
		}
		d.End()
		p.y += 14
	}
	d.Begin(Table, Attrs{})
	cells(HeaderCell, []string{"Time", "Room A", "Room B"}, SemiBold)
	cells(Cell, []string{"09:00–10:30", "Opening", "Press"}, Regular)
	cells(Cell, []string{"11:11–11:41", "Talks", ""}, Regular)
	d.End()
}

func (p *programme) session(i int) {
	d, s := p.d, samples[i%len(samples)]
	if p.y > 680 {
		p.newPage()
	}
	d.Begin(Sect, Attrs{Language: s.language})
	d.Place(place(i), p.y)
	d.Bookmark(s.title, 1, p.y)
	d.Return(p.pages[i], p.entries[i], func() {})
	style := Style{Size: 9.6, Language: s.language}
	p.tagged(H3, s.title, Style{Font: SemiBold, Size: 12, Colour: navy, Language: s.language}, margin, column)
	p.tagged(P, "Siri Ødegård · Oslo", Style{Font: Italic, Size: 9, Language: "nb"}, margin, column)
	p.tagged(P, s.text+" "+s.text, style, margin, column)
	d.Begin(List, Attrs{Numbering: "Disc"})
	for _, q := range []string{s.question, samples[(i+1)%len(samples)].question} {
		d.Begin(ListItem, Attrs{})
		y := p.y
		p.tagged(Label, "•", style, margin, 10)
		p.y = y
		p.tagged(ListBody, q, style, margin+14, column-14)
		d.End()
	}
	d.End()
	d.End()
	p.y += 10
}

// drawProgramme draws a programme of n sessions.
func drawProgramme(t testing.TB, c *Composer, n int, info Info) *Document {
	p := &programme{t: t, c: c, d: New(info)}
	p.cover()
	p.contents(n)
	p.newPage()
	p.d.Begin(Sect, Attrs{})
	p.d.Bookmark("Monday", 0, p.y)
	p.tagged(H2, "Monday, 23 November 2026", Style{Font: Bold, Size: 18, Colour: navy, Language: "en"}, margin, column)
	p.table()
	for i := range n {
		p.session(i)
	}
	p.d.End()
	return p.d
}

var testInfo = Info{Title: "Programme — Tirana 2026", Author: "Secretariat", Subject: "Peer learning", Language: "en", Date: testDate}

func newComposer(t testing.TB) *Composer {
	c, err := NewComposer()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func bytesOf(t testing.TB, d *Document) []byte {
	t.Helper()
	pdf, err := d.Bytes(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}
