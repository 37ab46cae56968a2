using LogMl.Tool;
using LogMl.Tool.Commands;

var console = ToolConsole.OfProcess();
return ToolCommandLine.Run(args, console);
