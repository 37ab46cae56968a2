using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LogMl.TestKit;

/// <summary>Ports of 127.0.0.1 for the servers of tests.</summary>
public static class LoopbackPort
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>A free port, from a range that the system does not use for client connections.</summary>
    public static int Free()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // The port is taken.
            }
        }
    }

    /// <summary>Waits until a server listens.</summary>
    /// <param name="port">Its port.</param>
    /// <param name="server">Its name, for the message.</param>
    /// <param name="log">The file with its output.</param>
    /// <exception cref="ExpectationException">It does not.</exception>
    public static void WaitForServer(int port, string server, string log)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                using var client = new TcpClient("127.0.0.1", port);
                return;
            }
            catch (SocketException) when (DateTime.UtcNow < end)
            {
                Thread.Sleep(10);
            }
            catch (SocketException)
            {
                throw new ExpectationException(string.Create(
                    CultureInfo.InvariantCulture, $"{server} does not start on port {port}:\n{File.ReadAllText(log)}"));
            }
        }
    }
}
