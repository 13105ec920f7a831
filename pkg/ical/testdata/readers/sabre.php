<?php
// sabre/vobject, which Nextcloud reads calendars with, prints their entries as libical.c
// does, and what its validator says.
error_reporting(E_ERROR);
require 'Sabre/VObject/autoload.php';

function show($property)
{
    $time = clone $property->getDateTime();
    if (!$property->hasTime()) {
        return $time->format('Ymd');
    }
    return $time->setTimezone(new DateTimeZone('UTC'))->format('Ymd\THis\Z');
}

foreach (array_slice($argv, 1) as $path) {
    echo "$path\n";
    try {
        $calendar = Sabre\VObject\Reader::read(file_get_contents($path));
        foreach ($calendar->validate() as $problem) {
            echo "ERR {$problem['message']}\n";
        }
        foreach ($calendar->select('VEVENT') as $entry) {
            echo "{$entry->UID} ", show($entry->DTSTART), ' ', show($entry->DTEND), "\n";
        }
    } catch (Throwable $error) {
        echo 'ERR ', $error->getMessage(), "\n";
    }
}
