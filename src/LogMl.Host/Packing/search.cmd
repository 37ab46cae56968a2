@echo off
rem Starts logml with what this folder has: search worker joins the study. "search worker --help" says more.
rem It does what the script for sh does. A test compares them.
setlocal
if exist "%~dp0dotnet\dotnet.exe" goto own
if not "%DOTNET_ROOT%"=="" if exist "%DOTNET_ROOT%\dotnet.exe" goto root
where dotnet >nul 2>nul && goto path
echo There is no dotnet: neither in DOTNET_ROOT nor on the PATH. Install the .NET runtime, or pack with -p:SelfContained=true.>&2
exit /b 64

:own
set "DOTNET_ROOT=%~dp0dotnet"
:root
set "run=%DOTNET_ROOT%\dotnet.exe"
goto start
:path
set "run=dotnet"

:start
if "%~1"=="" goto help
rem The verb watch alone needs ASP.NET Core, which not every .NET runtime brings.
if "%~1"=="watch" goto watch
"%run%" exec --depsfile "%~dp0host\LogMl.Search.deps.json" --runtimeconfig "%~dp0host\LogMl.Host.runtimeconfig.json" "%~dp0host\LogMl.Tool.dll" %*
exit /b %errorlevel%

:watch
"%run%" exec "%~dp0host\LogMl.Tool.dll" %*
exit /b %errorlevel%

:help
"%run%" exec --depsfile "%~dp0host\LogMl.Search.deps.json" --runtimeconfig "%~dp0host\LogMl.Host.runtimeconfig.json" "%~dp0host\LogMl.Tool.dll" --help
exit /b %errorlevel%
