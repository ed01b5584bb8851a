// Writes nothing: nothing may be attributed to this script.
