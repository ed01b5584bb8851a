# Removes what a browser leaves. Reads lines from the pipe whose only writer is
# the program that started the browser:
#   dir PATH     the browser's folder, told before it exists
#   group PID    the browser's process group
#   gone         the browser has ended and its group was killed
#   forget       nothing was made, do nothing
# and acts when the pipe ends. Ends with 0 when nothing is left.
trap '' HUP INT QUIT TERM PIPE TSTP TTIN TTOU
dir= group= need=2
while IFS= read -r line; do
	case $line in
	'dir '*) dir=${line#dir } ;;
	'group '*) group=${line#group } ;;
	gone) group= need=1 ;;
	forget) exit 0 ;;
	esac
done
[ -n "$dir" ] || exit 0

# Prints the ids of processes outside the group that belong to the folder. The
# patterns come by a pipe, so that grep does not find itself.
strays() {
	if [ -r /proc/self/cmdline ]; then
		grep -lsF -f - /proc/[0-9]*/cmdline /proc/[0-9]*/environ <<-EOF | while IFS=/ read -r _ _ pid _; do echo "$pid"; done
			--user-data-dir=$dir/profile
			COOKIESCAN_FOLDER=$dir
		EOF
	else
		ps -axww -o pid= -o command= | while read -r pid command; do
			case $command in *"--user-data-dir=$dir/profile"*) echo "$pid" ;; esac
		done
	fi
}

round=0 quiet=0
while [ $round -lt 40 ]; do
	found=
	if [ -n "$group" ]; then
		# A group that is empty is not asked for again: its number may be reused.
		kill -KILL "-$group" 2>/dev/null || group=
	fi
	for pid in $(strays); do
		found=1
		kill -KILL "$pid" 2>/dev/null
	done
	rm -rf -- "$dir" 2>/dev/null
	if [ -z "$found" ] && [ ! -e "$dir" ]; then
		quiet=$((quiet + 1))
		[ $quiet -ge $need ] && exit 0
	else
		quiet=0
	fi
	round=$((round + 1))
	sleep 0.05 2>/dev/null || sleep 1
done
exit 1
