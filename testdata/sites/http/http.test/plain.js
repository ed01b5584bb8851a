// Sets nothing; its response does.
