@echo off
rem Starts logml with what this folder has: search worker joins the study. "search worker --help" says more.
setlocal
set "run=dotnet"
if not "%DOTNET_ROOT%"=="" set "run=%DOTNET_ROOT%\dotnet.exe"
if exist "%~dp0dotnet\dotnet.exe" (
    set "DOTNET_ROOT=%~dp0dotnet"
    set "run=%~dp0dotnet\dotnet.exe"
)
rem The verb watch alone needs ASP.NET Core, which not every .NET runtime brings.
set "config=--depsfile "%~dp0host\LogMl.Search.deps.json" --runtimeconfig "%~dp0host\LogMl.Host.runtimeconfig.json""
if /i "%~1"=="watch" set "config="
if "%~1"=="" (
    "%run%" exec %config% "%~dp0host\LogMl.Tool.dll" --help
) else (
    "%run%" exec %config% "%~dp0host\LogMl.Tool.dll" %*
)
exit /b %errorlevel%
