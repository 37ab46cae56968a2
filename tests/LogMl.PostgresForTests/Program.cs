using LogMl.TestKit.Postgres;

// The server, as the tests start theirs, for trying things out by hand: it prints how to connect to it, its process id and its folder, and
// ends with its input.
if (PostgresServer.Missing is { } missing)
{
    Console.Error.WriteLine(missing);
    return 1;
}

using var server = PostgresServer.Create();
Console.WriteLine(server.ConnectionString);
Console.WriteLine(server.Url);
Console.WriteLine(server.ProcessId);
Console.WriteLine(server.Folder);
while (Console.ReadLine() is not null)
{
}

return 0;
