package programme

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestReadPeople(t *testing.T) {
	want := []Person{
		{Name: "Nino Beridze", SecondName: "ნინო ბერიძე", Post: "Head of Unit; Reform", Country: "GE", Category: "Delegate"},
		{Name: "Paul Chaffey", Country: "NO", Table: "4"},
	}
	for name, data := range map[string]string{
		"commas":     "Name,Second name,Post,Country,Category,Table\nNino Beridze,ნინო ბერიძე,Head of Unit; Reform,GE,Delegate\n\nPaul  Chaffey,,,norway,,4\n",
		"semicolons": "\ufeffCOUNTRY;name;post;name in second script;category;table\r\nge;Nino Beridze;\"Head of Unit; Reform\";ნინო ბერიძე;Delegate;\r\nNO;Paul Chaffey;;;;4\r\n;;;;;\r\n",
		"tabs":       "table\tcategory\tpost\tname\tsecond-name\tcountry\n\tDelegate\tHead of Unit; Reform\tNino Beridze\tნინო ბერიძე\tGeorgia\n4\t\t\tPaul Chaffey\t\tNO",
	} {
		got, unknown, err := ReadPeople(strings.NewReader(data))
		if err != nil || len(unknown) > 0 || !slices.Equal(got, want) {
			t.Errorf("%s: got %+v, %v, want %+v", name, got, err, want)
		}
	}
}

// All that is wrong is said, with line and column.
func TestReadPeopleNamesProblems(t *testing.T) {
	for _, test := range []struct {
		data string
		want []string
	}{
		{"", []string{"line 1, column 1: the file is empty"}},
		{"post\nHead\n", []string{"line 1, column 1: there is no column “name”"}},
		{"name,shoe size,name\nLi,43,Li\n", []string{`line 1, column 16: column "name" is there twice`}},
		{"name,country\n,GE\nLi,Narnia\n", []string{"line 2, column 1: there is no name", `line 3, column 4: country "Narnia"`}},
		{"name,language,verify\nLi,english!,here\n", []string{`line 2, column 4: language "english!"`, `line 2, column 13: verify "here"`}},
		{"name\nLi,5\n", []string{`line 2, column 4: "5" is in a column without a head`}},
		{"name\n" + strings.Repeat("x", 301) + "\n", []string{"line 2, column 1: longer than 300 characters"}},
		{"name\nLi\n\"Mi\"x\n", []string{"line 3, column"}},
		{"name\nLi\nM\xfcller\n", []string{"line 3, column 2: a character is not in UTF-8"}},
		{"\xff\xfen\x00", []string{"line 1, column 1: the file is in UTF-16"}},
	} {
		people, _, err := ReadPeople(strings.NewReader(test.data))
		var problems *PeopleError
		if !errors.As(err, &problems) || people != nil || len(problems.Problems) != len(test.want) {
			t.Errorf("%.40q: got %v, %v, want %d problems", test.data, people, err, len(test.want))
			continue
		}
		for i, line := range strings.Split(err.Error(), "\n") {
			if !strings.HasPrefix(line, test.want[i]) {
				t.Errorf("%.40q: got %q, want %q", test.data, line, test.want[i])
			}
		}
	}
}

// A column that is not known is left out, and named; nothing else is lost.
func TestReadPeopleNamesUnknownColumns(t *testing.T) {
	data := "name,biography,table\nLi," + strings.Repeat("long ", 100) + ",4\nMi,,5\n"
	people, unknown, err := ReadPeople(strings.NewReader(data))
	if want := []Person{{Name: "Li", Table: "4"}, {Name: "Mi", Table: "5"}}; err != nil || !slices.Equal(people, want) {
		t.Errorf("got %+v, %v, want %+v", people, err, want)
	}
	if len(unknown) != 1 || unknown[0].Line != 1 || unknown[0].Column != 6 || !strings.HasPrefix(unknown[0].Message, `column "biography" is not known`) {
		t.Errorf("got %+v, want the column biography named", unknown)
	}
}

func FuzzReadPeople(f *testing.F) {
	f.Add("name;country\nLi;GE\n")
	f.Add("\ufeffname,table\n\"Li \"\"X\"\"\",4\n")
	f.Fuzz(func(t *testing.T, data string) {
		people, _, err := ReadPeople(strings.NewReader(data))
		for _, p := range people {
			if err != nil || p.Name == "" {
				t.Errorf("got %+v with %v, want people with names or an error", p, err)
			}
		}
	})
}
