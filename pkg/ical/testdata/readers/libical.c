/* libical reads calendars and prints the name of each file and, below it, the
 * entries, one a line: UID, beginning and end, in UTC or as dates. What libical
 * does not accept, syntax as well as the rules of RFC 5546, it prints with ERR
 * before it.
 *
 *     cc -o libical libical.c $(pkg-config --cflags --libs libical)
 *     ./libical a.ics b.ics
 */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

/* contents returns what is in a file, to be freed, or NULL. */
static char *contents(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (file == NULL)
		return NULL;
	char *text = NULL;
	size_t size = 0, got;
	do {
		char *more = realloc(text, size + 65536 + 1);
		if (more == NULL)
			break;
		text = more;
		got = fread(text + size, 1, 65536, file);
		size += got;
		text[size] = '\0';
	} while (got > 0);
	fclose(file);
	return text;
}

/* print_time prints a property's time after a space. */
static void print_time(icalproperty *property, icalcomponent *calendar)
{
	if (property == NULL) {
		printf(" none");
		return;
	}
	icaltimetype time = icalproperty_get_datetime_with_component(property, calendar);
	if (!time.is_date && time.zone == NULL && !icaltime_is_utc(time)) {
		printf(" floating:%s", icaltime_as_ical_string(time));
		return;
	}
	if (!time.is_date)
		time = icaltime_convert_to_zone(time, icaltimezone_get_utc_timezone());
	printf(" %s", icaltime_as_ical_string(time));
}

/* print_errors prints what libical has noted in a component and those inside. */
static void print_errors(icalcomponent *component)
{
	for (icalproperty *p = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); p != NULL;
	     p = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY))
		printf("ERR %s\n", icalproperty_get_xlicerror(p));
	for (icalcomponent *c = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); c != NULL;
	     c = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT))
		print_errors(c);
}

static void print_entries(icalcomponent *calendar)
{
	for (icalcomponent *e = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); e != NULL;
	     e = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
		printf("%s", icalcomponent_get_uid(e));
		print_time(icalcomponent_get_first_property(e, ICAL_DTSTART_PROPERTY), calendar);
		print_time(icalcomponent_get_first_property(e, ICAL_DTEND_PROPERTY), calendar);
		printf("\n");
	}
}

int main(int argc, char **argv)
{
	icalerror_set_errors_are_fatal(0);
	for (int i = 1; i < argc; i++) {
		printf("%s\n", argv[i]);
		char *text = contents(argv[i]);
		icalcomponent *calendar = text == NULL ? NULL : icalparser_parse_string(text);
		if (calendar == NULL) {
			printf("ERR cannot be read\n");
		} else {
			icalrestriction_check(calendar);
			print_errors(calendar);
			print_entries(calendar);
			icalcomponent_free(calendar);
		}
		free(text);
	}
	return 0;
}
