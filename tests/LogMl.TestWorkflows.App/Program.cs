// A search loads the program's assembly; nothing of it may run its Main.
throw new InvalidOperationException("The program was started.");
