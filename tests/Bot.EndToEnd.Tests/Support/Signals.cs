using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Bot.EndToEnd.Tests.Support;

/// <summary>What the framework does not offer: the signal by which a service is told to stop.</summary>
internal static class Signals
{
    private const int SigTerm = 15;

    public static void Terminate(Process process)
    {
        if (Kill(process.Id, SigTerm) != 0)
            throw new InvalidOperationException($"Process {process.Id} cannot be signalled ({Marshal.GetLastPInvokeError()}).");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Kill(int process, int signal);
}
