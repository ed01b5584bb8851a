Lib.cookie('by_library', 'a b');
