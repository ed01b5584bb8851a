const imported = true;
