# Exports the variables of files of NAME=value lines, as compose reads them: nothing in them is run, and what is set already stays.
# The first file that says something of a name wins. Names that decide which programs run and where they look are not taken.
showrunner_load() {
  showrunner_cr=$(printf '\r')
  for showrunner_file do
    [ -f "$showrunner_file" ] || continue
    showrunner_lines=0
    while [ $showrunner_lines -lt 500 ] && { IFS= read -r showrunner_line || [ -n "$showrunner_line" ]; }; do
      showrunner_lines=$((showrunner_lines + 1))
      showrunner_line=${showrunner_line%"$showrunner_cr"}
      showrunner_line=${showrunner_line#"${showrunner_line%%[![:space:]]*}"}
      showrunner_line=${showrunner_line#export }
      case $showrunner_line in [A-Za-z_]*=*) ;; *) continue ;; esac
      showrunner_name=${showrunner_line%%=*}
      showrunner_name=${showrunner_name%"${showrunner_name##*[![:space:]]}"}
      case $showrunner_name in
        *[!A-Za-z0-9_]*) continue ;;
        PATH | HOME | SHELL | USER | PWD | IFS | LD_* | *_PROXY | *_proxy | PYTHONPATH | PYTHONHOME | VIRTUAL_ENV | NODE_PATH | SANDBOX_* | showrunner_*) continue ;;
      esac
      eval "[ -z \"\${$showrunner_name+set}\" ]" || continue
      showrunner_value=${showrunner_line#*=}
      showrunner_value=${showrunner_value#"${showrunner_value%%[![:space:]]*}"}
      showrunner_is_plain=
      case $showrunner_value in
        \"*\"*) showrunner_value=${showrunner_value#\"} && showrunner_value=${showrunner_value%%\"*} ;;
        \'*\'*) showrunner_value=${showrunner_value#\'} && showrunner_value=${showrunner_value%%\'*} && showrunner_is_plain=yes ;;
        *)
          showrunner_value=${showrunner_value%%[[:space:]]#*}
          showrunner_value=${showrunner_value%"${showrunner_value##*[![:space:]]}"}
          ;;
      esac
      showrunner_times=0
      while [ -z "$showrunner_is_plain" ] && [ $showrunner_times -lt 10 ]; do
        case $showrunner_value in *'${'[A-Za-z_]*'}'*) ;; *) break ;; esac
        showrunner_rest=${showrunner_value#*'${'}
        showrunner_other=${showrunner_rest%%'}'*}
        case $showrunner_other in *[!A-Za-z0-9_]* | '') break ;; esac
        eval "showrunner_other=\${$showrunner_other-}"
        showrunner_value=${showrunner_value%%'${'*}$showrunner_other${showrunner_rest#*'}'}
        showrunner_times=$((showrunner_times + 1))
      done
      export "$showrunner_name=$showrunner_value"
    done <"$showrunner_file"
  done
}
