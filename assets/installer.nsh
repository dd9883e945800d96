; Owns what the Windows installer tells the system besides: that links of the app's own scheme are for the app.
; What follows the two dashes is never taken for a switch.

!macro customInstall
  WriteRegStr SHCTX "Software\Classes\secret-call" "" "URL:Secret Call"
  WriteRegStr SHCTX "Software\Classes\secret-call" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\secret-call\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHCTX "Software\Classes\secret-call\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
!macroend

!macro customUnInstall
  DeleteRegKey SHCTX "Software\Classes\secret-call"
!macroend
